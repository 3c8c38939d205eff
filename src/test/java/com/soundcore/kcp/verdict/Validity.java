package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.KcpConfig.Injector;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.ErrorKind;
import com.soundcore.kcp.run.RunMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The reasons why a run's measurements are incomplete or do not describe the system; none for a
 * valid run.
 */
final class Validity {
  private final Injector injector;
  private final RunMetadata facts;
  private final RunModel run;

  Validity(Injector injector, RunMetadata facts, RunModel run) {
    this.injector = injector;
    this.facts = facts;
    this.run = run;
  }

  List<String> interruptions() {
    List<String> why = new ArrayList<>();
    if (run.whole().requests() == 0) {
      why.add("no request was measured");
    }
    facts.parts().stream()
        .filter(part -> !part.end().finished())
        .map(part -> "injector %d was stopped before its end".formatted(part.setup().injector()))
        .forEach(why::add);
    if (run.cut() || !facts.end().finished()) {
      why.add("the run was stopped before its end; its log is not whole");
    } else if (!run.sealed()) {
      why.add(
          "the checksum of the log is missing (kcp/simulation.log.crc32c), so nothing proves that"
              + " the log is whole; copy the run's whole folder again");
    }
    if (facts.missing() > 0) {
      why.add(
          "%d of %d injectors are missing (%s): their part of the load was not measured"
              .formatted(facts.missing(), facts.setup().injectors(), missing()));
    }
    lateInjectors().ifPresent(why::add);
    lostInTheLog().ifPresent(why::add);
    long broken = run.generatorErrors().values().stream().mapToLong(Long::longValue).sum();
    if (broken > 0) {
      why.add(
          "%,d calls could not even be sent: %s"
              .formatted(broken, run.generatorErrors().keySet().iterator().next()));
    }
    neverLeftThisMachine().ifPresent(why::add);
    return why;
  }

  /**
   * Describes errors of the generator's own machine, such as ports, files, memory and names. They
   * do not describe the system.
   */
  private Optional<String> neverLeftThisMachine() {
    long calls = ErrorKind.ofGenerator(run.errors());
    return run.errors().keySet().stream()
        .filter(message -> ErrorKind.faultOf(message) == ErrorKind.Fault.GENERATOR)
        .findFirst()
        .map(
            message ->
                text(
                    "%,d calls never left the generator's machine: %s; check its ports, open files"
                        + " and name resolution",
                    calls, message));
  }

  private String missing() {
    Set<Integer> there =
        facts.parts().stream().map(part -> part.setup().injector()).collect(Collectors.toSet());
    return IntStream.range(0, facts.setup().injectors())
        .filter(index -> !there.contains(index))
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  /**
   * Describes an injector that started late. Otherwise the planned load is never complete. An
   * injector's clock may be off, so the target's clock decides if it is known.
   */
  private Optional<String> lateInjectors() {
    long gap = injector.maxStartGap().toMillis();
    boolean known = facts.parts().stream().allMatch(part -> part.end().clockOffsetMs() != null);
    long first = facts.parts().stream().mapToLong(part -> startOf(part, known)).min().orElse(0);
    return facts.parts().stream()
        .filter(part -> startOf(part, known) - first > gap + (known ? CLOCK_RESOLUTION_MS : 0))
        .map(
            part ->
                text(
                    "injector %d started %,d ms after the first (limit %,d ms)%s",
                    part.setup().injector(),
                    startOf(part, known) - first,
                    gap,
                    known ? " by the target's clock: are the injectors' clocks synchronised?" : ""))
        .findFirst();
  }

  // A Date header has a resolution of one second.
  private static final long CLOCK_RESOLUTION_MS = 1000;

  private static long startOf(RunMetadata part, boolean byTheTargetsClock) {
    return part.startedAtMs() + (byTheTargetsClock ? part.end().clockOffsetMs() : 0);
  }

  /** Compares the log with the calls counted when they ended. Each of them must be in the log. */
  private Optional<String> lostInTheLog() {
    if (facts.end().stopped() != null || !facts.end().finished()) {
      return Optional.empty();
    }
    return facts.end().answered().entrySet().stream()
        .filter(entry -> logged(entry) != counted(entry))
        .map(
            entry ->
                text(
                    "the log has %,d of %,d calls of %s; it is not whole",
                    logged(entry), counted(entry), entry.getKey()))
        .findFirst();
  }

  private long logged(Map.Entry<String, Answered> operation) {
    return run.requests().getOrDefault(operation.getKey(), new Stats()).requests();
  }

  private static long counted(Map.Entry<String, Answered> operation) {
    return operation.getValue().ok() + operation.getValue().failed();
  }
}
