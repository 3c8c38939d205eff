package com.soundcore.kcp.result;

import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.run.Stopped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Merges the metadata of several injectors into that of their run. */
public final class MetadataMerge {
  private MetadataMerge() {}

  /**
   * Merges the parts of a run.
   *
   * @param allowedMissing number of injectors that may be missing
   * @return metadata with its parts; {@link RunMetadata#missing()} is the number of injectors
   *     missing beyond the allowed number
   * @throws LogException if the parts are not of one run, or one appears twice
   */
  public static RunMetadata merge(List<RunMetadata> several, int allowedMissing) {
    List<RunMetadata> parts = untilTheFirstStop(several);
    RunMetadata first = parts.get(0);
    Set<Integer> seen = new HashSet<>();
    for (RunMetadata part : parts) {
      sameRun(first, part);
      if (!seen.add(part.setup().injector())) {
        throw new LogException(
            "Injector %d appears twice; each part of a run counts once."
                .formatted(part.setup().injector()));
      }
    }
    int missing = first.setup().injectors() - parts.size();
    return new RunMetadata(
        setup(parts, first, missing),
        first.operations(),
        first.shares(),
        phases(parts),
        parts.stream().mapToLong(RunMetadata::startedAtMs).min().orElseThrow(),
        parts.stream().mapToLong(RunMetadata::plannedArrivals).sum(),
        end(parts),
        parts,
        Math.max(0, missing - allowedMissing));
  }

  /** A caveat that one injector found applies to the whole run. */
  private static RunSetup setup(List<RunMetadata> parts, RunMetadata first, int missing) {
    RunSetup setup =
        first
            .setup()
            .withCaveats(
                parts.stream()
                    .flatMap(part -> part.setup().system().caveats().stream())
                    .distinct()
                    .toList());
    return missing > 0 ? setup.withPartial(partial(parts, first)) : setup;
  }

  private static List<String> partial(List<RunMetadata> parts, RunMetadata first) {
    return List.of(
        "%d of %d injectors, judged on their part of the load"
            .formatted(parts.size(), first.setup().injectors()));
  }

  /** Injectors stop at different moments; the run counts up to the first stop. */
  private static List<RunMetadata> untilTheFirstStop(List<RunMetadata> parts) {
    OptionalInt stop =
        parts.stream()
            .map(part -> part.end().stopped())
            .filter(Objects::nonNull)
            .mapToInt(Stopped::second)
            .min();
    boolean alike = parts.stream().mapToInt(RunMetadata::plannedSeconds).distinct().count() == 1;
    return stop.isEmpty() || alike
        ? parts
        : parts.stream().map(part -> part.until(stop.getAsInt())).toList();
  }

  /**
   * Checks that two parts are of one run.
   *
   * @throws LogException if they are not; the message says how they differ
   */
  public static void sameRun(RunMetadata one, RunMetadata other) {
    Map<String, Function<RunSetup, Object>> alike = new LinkedHashMap<>();
    alike.put("test", RunSetup::simulation);
    alike.put("environment", RunSetup::environment);
    alike.put("workload", RunSetup::workload);
    alike.put("model", RunSetup::injection);
    alike.put("seed", RunSetup::seed);
    alike.put("time scale", RunSetup::timeScale);
    alike.put("load scale", RunSetup::loadScale);
    alike.put("number of injectors", RunSetup::injectors);
    alike.put("alterations", RunSetup::altered);
    alike.forEach(
        (what, of) -> {
          if (!of.apply(one.setup()).equals(of.apply(other.setup()))) {
            throw new LogException(
                "Injectors %d and %d differ in their %s: %s and %s; they are not of one run."
                    .formatted(
                        one.setup().injector(),
                        other.setup().injector(),
                        what,
                        of.apply(one.setup()),
                        of.apply(other.setup())));
          }
        });
    List<String> files = RunSetup.unlike(one.setup().files(), other.setup().files());
    if (!files.isEmpty()) {
      throw new LogException(
          "Injectors %d and %d were configured by different files: %s; they are not of one run. Give all of them the same conf."
              .formatted(
                  one.setup().injector(), other.setup().injector(), String.join(", ", files)));
    }
    if (one.phases().size() != other.phases().size()) {
      throw new LogException("The injectors had different plans; they are not of one run.");
    }
  }

  private static List<Phase> phases(List<RunMetadata> parts) {
    List<Phase> phases = new ArrayList<>();
    for (int i = 0; i < parts.get(0).phases().size(); i++) {
      int number = i;
      Phase phase = parts.get(0).phases().get(i);
      Map<String, Double> rps = new LinkedHashMap<>();
      parts.forEach(
          part -> part.phases().get(number).rps().forEach((s, r) -> rps.merge(s, r, Double::sum)));
      phases.add(
          new Phase(
              phase.name(),
              phase.startSecond(),
              phase.endSecond(),
              phase.hold(),
              sum(parts, part -> part.phases().get(number).users()),
              sum(parts, part -> part.phases().get(number).arrivals()),
              rps));
    }
    return phases;
  }

  private static RunEnd end(List<RunMetadata> parts) {
    CountsBySecond shed = CountsBySecond.NONE;
    CountsBySecond closed = CountsBySecond.NONE;
    Map<String, Answered> answered = new TreeMap<>();
    for (RunMetadata part : parts) {
      shed = shed.plus(part.end().shedCalls());
      closed = closed.plus(part.end().closedConnections());
      part.end()
          .answered()
          .forEach(
              (name, some) ->
                  answered.merge(
                      name,
                      some,
                      (a, b) -> new Answered(a.ok() + b.ok(), a.failed() + b.failed())));
    }
    return new RunEnd(
        parts.stream().allMatch(part -> part.end().finished()),
        shed,
        closed,
        // The parts keep their samples: a mean would hide a saturated injector.
        List.of(),
        answered,
        parts.stream()
            .map(part -> part.end().stopped())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        0,
        null,
        null,
        (int) sum(parts, part -> part.end().maxInFlight()));
  }

  private static long sum(List<RunMetadata> parts, ToLongFunction<RunMetadata> of) {
    return parts.stream().mapToLong(of).sum();
  }
}
