package com.soundcore.kcp.verdict;

import com.soundcore.kcp.config.Asserts;
import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Target;
import com.soundcore.kcp.config.TestShape;
import com.soundcore.kcp.result.LogException;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Judges a run by the gates of its test. */
public final class Judge {
  private final KcpConfig config;
  private final RunFacts facts;
  private final RunModel run;
  private final GateOptions options;
  private final Asserts asserts;
  private final List<Gate> gates = new ArrayList<>();

  private Judge(KcpConfig config, RunFacts facts, RunModel run) {
    this.config = config;
    this.facts = facts;
    this.run = run;
    this.options = config.gates();
    this.asserts = asserts(config, facts);
  }

  /** The verdict on a run. */
  public static Verdict judge(KcpConfig config, RunFacts facts, RunModel run) {
    return new Judge(config, facts, run).judge();
  }

  private static Asserts asserts(KcpConfig config, RunFacts facts) {
    TestShape test = config.tests().get(facts.setup().simulation());
    if (test == null) {
      throw new LogException(
          "The log is of a test '%s', which conf/tests.conf does not have."
              .formatted(facts.setup().simulation()));
    }
    return test.asserts();
  }

  private Verdict judge() {
    if (!facts.hasPlan()) {
      return Verdict.of(
          List.of("the plan of the run (kcp/run.json) is missing: nothing can be judged"),
          List.of(),
          GeneratorHealth.of(facts, run.timeline(), config.generator()));
    }
    GateWriter write = new GateWriter(options.minSamples(), gates);
    if (facts.end().stopped() != null) {
      write.stopped(facts.end().stopped());
    }
    exercised(write);
    Stats all = asserts.wholeRun() ? run.whole() : run.steady();
    asserts.errorRate().ifPresent(limit -> write.errorRate("all", all, limit));
    asserts.p95().ifPresent(limit -> write.percentile("all", all, Percentile.P95, limit));
    asserts.p99().ifPresent(limit -> write.percentile("all", all, Percentile.P99, limit));
    if (asserts.errorRate().isEmpty()) {
      firstHold(write);
    }
    write.wrongContent(run);
    if (!asserts.mayShed()) {
      write.shed(facts, run, config.run().maxInFlight());
    }
    for (String service : facts.operations().keySet()) {
      service(write, service);
    }
    if (facts.setup().injection().equals("closed")) {
      new LoadGates(options, facts, run, gates).users();
    }
    return Verdict.of(
        interruptions(), gates, GeneratorHealth.of(facts, run.timeline(), config.generator()));
  }

  private void service(GateWriter write, String service) {
    Stats stats = run.steadyByService().getOrDefault(service, new Stats());
    if (asserts.services()) {
      Target target = config.allServices().get(service).target();
      write.percentile(service, stats, Percentile.P95, target.p95());
      write.errorRate(service, stats, target.errorRate());
    }
    if (asserts.rate() && facts.setup().injection().equals("open")) {
      LoadGates load = new LoadGates(options, facts, run, gates);
      load.rate(service, config.run().rateTolerance());
      load.everySecond(service);
    }
  }

  private void firstHold(GateWriter write) {
    for (int i = 0; i < facts.phases().size(); i++) {
      if (facts.phases().get(i).hold()) {
        write.firstHold(
            facts.phases().get(i).name(), run.phases().get(i), options.firstHoldErrors());
        return;
      }
    }
  }

  /** Every service and every operation must really have been called. */
  private void exercised(GateWriter write) {
    facts
        .operations()
        .forEach(
            (service, operations) -> {
              for (String operation : operations) {
                String name = service + " / " + operation;
                write.answered(name, run.requests().getOrDefault(name, new Stats()));
              }
            });
  }

  private String missing() {
    Set<Integer> there =
        facts.parts().stream().map(part -> part.setup().injector()).collect(Collectors.toSet());
    return IntStream.range(0, facts.setup().injectors())
        .filter(index -> !there.contains(index))
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  /** All must start together, or the planned load was never there as a whole. */
  private Optional<String> lateInjectors() {
    long gap = config.injector().maxStartGap().toMillis();
    return facts.parts().stream()
        .filter(part -> part.startedAtMs() - facts.startedAtMs() > gap)
        .map(
            part ->
                String.format(
                    Locale.ROOT,
                    "injector %d started %,d ms after the first (limit %,d ms)",
                    part.setup().injector(),
                    part.startedAtMs() - facts.startedAtMs(),
                    gap))
        .findFirst();
  }

  /** What was counted when calls ended must stand in the log, to the last one. */
  private Optional<String> lostInTheLog() {
    if (facts.end().stopped() != null || !facts.end().finished()) {
      return Optional.empty();
    }
    return facts.end().answered().entrySet().stream()
        .filter(entry -> logged(entry.getKey()) != counted(entry.getValue()))
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "the log has %,d of %,d calls of %s; it is not whole",
                    logged(entry.getKey()),
                    counted(entry.getValue()),
                    entry.getKey()))
        .findFirst();
  }

  private long logged(String operation) {
    return run.requests().getOrDefault(operation, new Stats()).requests();
  }

  private static long counted(RunFacts.Answered answered) {
    return answered.ok() + answered.failed();
  }

  private List<String> interruptions() {
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
    return why;
  }
}
