package com.soundcore.kcp.result;

import com.soundcore.kcp.result.RunFacts.Answered;
import com.soundcore.kcp.result.RunFacts.End;
import com.soundcore.kcp.result.RunFacts.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What several injectors knew of one run, as what is known of the run. */
public final class FactsMerge {
  private FactsMerge() {}

  /**
   * Adds up.
   *
   * @param allowedMissing so many injectors may be missing
   * @return facts with the parts in them; {@link RunFacts#missing()} says how many are missing
   *     beyond what is allowed
   * @throws LogException where the parts are not of one run
   */
  public static RunFacts merge(List<RunFacts> parts, int allowedMissing) {
    RunFacts first = parts.get(0);
    Set<Integer> seen = new HashSet<>();
    for (RunFacts part : parts) {
      sameRun(first, part);
      if (!seen.add(part.setup().injector())) {
        throw new LogException(
            "Injector %d is there twice; each part of a run counts once."
                .formatted(part.setup().injector()));
      }
    }
    int missing = first.setup().injectors() - parts.size();
    return new RunFacts(
        missing > 0 ? first.setup().withPartial(partial(parts, first)) : first.setup(),
        first.operations(),
        phases(parts),
        parts.stream().mapToLong(RunFacts::startedAtMs).min().orElseThrow(),
        parts.stream().mapToLong(RunFacts::plannedArrivals).sum(),
        end(parts),
        parts,
        Math.max(0, missing - allowedMissing));
  }

  private static List<String> partial(List<RunFacts> parts, RunFacts first) {
    return List.of(
        "%d of %d injectors, judged on their part of the load"
            .formatted(parts.size(), first.setup().injectors()));
  }

  private static void sameRun(RunFacts one, RunFacts other) {
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
    if (one.phases().size() != other.phases().size()) {
      throw new LogException("The injectors had different plans; they are not of one run.");
    }
  }

  private static List<Phase> phases(List<RunFacts> parts) {
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

  private static End end(List<RunFacts> parts) {
    CountsBySecond shed = CountsBySecond.NONE;
    CountsBySecond dropped = CountsBySecond.NONE;
    Map<String, Answered> answered = new TreeMap<>();
    for (RunFacts part : parts) {
      shed = shed.plus(part.end().shedCalls());
      dropped = dropped.plus(part.end().droppedCalls());
      part.end()
          .answered()
          .forEach(
              (name, some) ->
                  answered.merge(
                      name,
                      some,
                      (a, b) -> new Answered(a.ok() + b.ok(), a.failed() + b.failed())));
    }
    return new End(
        parts.stream().allMatch(part -> part.end().finished()),
        shed,
        dropped,
        // Each injector keeps its own: a mean would hide the one that was saturated.
        List.of(),
        answered,
        parts.stream()
            .map(part -> part.end().stopped())
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElse(null),
        0,
        null,
        null);
  }

  private static long sum(List<RunFacts> parts, ToLongFunction<RunFacts> of) {
    return parts.stream().mapToLong(of).sum();
  }
}
