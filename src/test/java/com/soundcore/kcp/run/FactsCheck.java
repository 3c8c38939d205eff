package com.soundcore.kcp.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Validity check of a run's facts: a file may be empty, truncated or altered. */
final class FactsCheck {
  // The log's clock has milliseconds in 31 bits.
  private static final int MOST_SECONDS = Integer.MAX_VALUE / 1000;
  // Enough for a run of weeks. Judging examines every second in which the generator paused.
  private static final long MOST_PAUSED_MS = Duration.ofDays(1).toMillis();
  private static final int MOST_INJECTORS = 10_000;

  private FactsCheck() {}

  /** Returns the first reason why the facts cannot be judged, in words. */
  static Optional<String> problem(RunMetadata facts) {
    if (facts == null) {
      return Optional.of("it is empty");
    }
    return Stream.<Optional<String>>of(
            check(facts.setup() != null && whole(facts.setup()), "the setup is not whole"),
            check(facts.operations() != null && whole(facts), "the operations are not whole"),
            check(facts.phases() != null && inOrder(facts.phases()), "the phases are not in order"),
            check(
                facts.startedAtMs() >= 0 && facts.plannedArrivals() >= 0 && facts.missing() >= 0,
                "a count is negative"),
            check(whole(facts.end()), "its end is not whole"),
            facts.parts().stream().map(FactsCheck::problem).flatMap(Optional::stream).findFirst())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> check(boolean holds, String otherwise) {
    return holds ? Optional.empty() : Optional.of(otherwise);
  }

  private static boolean whole(RunSetup setup) {
    ObservedSystem system = setup.system();
    return known(
            setup.simulation(),
            setup.id(),
            setup.environment(),
            setup.workload(),
            setup.injection(),
            setup.jdk(),
            setup.machine(),
            setup.repeat())
        && known(
            setup.altered(),
            setup.partial(),
            setup.withoutCostly(),
            setup.faults(),
            setup.files(),
            system.build(),
            system.builds(),
            system.rows(),
            system.caveats(),
            system.note())
        && Stream.of(
                setup.altered(),
                setup.partial(),
                setup.withoutCostly(),
                setup.faults(),
                system.caveats(),
                setup.files().values(),
                system.builds().values(),
                system.rows().values())
            .allMatch(FactsCheck::all)
        && isPositive(setup.timeScale())
        && isPositive(setup.loadScale())
        && setup.injectors() <= MOST_INJECTORS
        && setup.injector() >= 0
        && setup.injector() < setup.injectors();
  }

  private static boolean whole(RunMetadata facts) {
    return all(facts.operations().values())
        && facts.operations().values().stream().allMatch(names -> !names.isEmpty() && all(names))
        && facts.shares().values().stream().allMatch(FactsCheck::isShare)
        && all(facts.parts());
  }

  private static boolean inOrder(List<Phase> phases) {
    int end = 0;
    for (Phase phase : phases) {
      if (phase == null
          || phase.name() == null
          || phase.startSecond() < end
          || phase.endSecond() < phase.startSecond()
          || phase.endSecond() > MOST_SECONDS
          || phase.users() < 0
          || phase.arrivals() < 0
          || phase.rps() == null
          || !phase.rps().values().stream().allMatch(FactsCheck::isRate)) {
        return false;
      }
      end = phase.endSecond();
    }
    return true;
  }

  private static boolean whole(RunEnd end) {
    return all(end.generator())
        && end.generator().stream().allMatch(FactsCheck::isMeasured)
        && end.generator().stream().mapToDouble(FactsCheck::pauses).sum() <= MOST_PAUSED_MS
        && all(end.answered().values())
        && counted(end.shedCalls())
        && counted(end.closedConnections())
        && (end.stopped() == null || end.stopped().why() != null && end.stopped().second() >= 0)
        && (end.search() == null || end.search().levels() != null && all(end.search().levels()));
  }

  private static boolean isMeasured(GeneratorSample sample) {
    return sample.second() >= 0
        && sample.second() <= MOST_SECONDS
        && DoubleStream.of(
                sample.processCpu(),
                sample.machineCpu(),
                sample.maxPauseMs(),
                sample.pausedMs(),
                sample.throttledMs(),
                sample.stealShare(),
                sample.loopLateMs(),
                sample.embeddedCpu(),
                sample.compilersCpu())
            .allMatch(Double::isFinite)
        && pauses(sample) >= 0;
  }

  private static double pauses(GeneratorSample sample) {
    return Math.max(
        Math.max(sample.maxPauseMs(), sample.throttledMs()),
        Math.max(sample.pausedMs(), sample.loopLateMs()));
  }

  private static boolean counted(CountsBySecond counts) {
    return counts.byService() != null
        && counts.byService().values().stream()
            .allMatch(
                seconds ->
                    seconds != null
                        && seconds.values().stream()
                            .allMatch(count -> count != null && count >= 0));
  }

  private static boolean known(Object... values) {
    return Arrays.stream(values).allMatch(Objects::nonNull);
  }

  private static boolean all(Collection<?> values) {
    return values.stream().allMatch(Objects::nonNull);
  }

  private static boolean isPositive(double factor) {
    return factor > 0 && Double.isFinite(factor);
  }

  private static boolean isRate(Double rate) {
    return rate != null && rate >= 0 && Double.isFinite(rate);
  }

  private static boolean isShare(Double share) {
    return isRate(share) && share <= 1 + 1e-9;
  }
}
