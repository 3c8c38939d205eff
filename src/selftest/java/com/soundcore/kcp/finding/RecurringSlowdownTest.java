package com.soundcore.kcp.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.Judge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is slow by the clock is not slow by the load. */
class RecurringSlowdownTest {
  @TempDir private Path folder;

  /** Analytics is slow in some seconds. */
  private record SlowIn(IntPredicate seconds) implements SyntheticRun.Order {
    @Override
    public int millis(String service, int second, int number) {
      return service.equals("analytics") && seconds.test(second) ? 900 : 5 + number % 5;
    }
  }

  @Test
  void whatIsSlowAtEqualIntervalsIsSaidToBeSoWithItsTimes() {
    assertThat(
            new ObservedRun()
                .evidence(
                    folder,
                    new SlowIn(second -> second >= 10 && second % 12 < 5),
                    "recurring-slowdown",
                    "analytics"))
        .contains("4 times, every 12 s and for about 5 s: at 0:17, 0:29, 0:41, 0:53");
  }

  @Test
  void whatIsSlowNowAndThenIsNot() {
    Set<Integer> starts = Set.of(10, 18, 37, 43, 57);
    assertThat(
            new ObservedRun()
                .findings(
                    folder,
                    new SlowIn(
                        second -> starts.stream().anyMatch(s -> second >= s && second < s + 5))))
        .extracting(Finding::kind)
        .doesNotContain("recurring-slowdown");
  }

  @Test
  void whatIsSlowWheneverMoreIsSentIsNoJobThatRunsByTheClock() {
    RunFolder run =
        new SyntheticRun().write(folder, new SlowIn(second -> second >= 10 && second % 12 < 5));
    List<Phase> phases = new ArrayList<>();
    Map<String, Double> rates = run.facts().phases().get(1).rps();
    Map<String, Double> few = new TreeMap<>();
    rates.forEach((service, rate) -> few.put(service, rate / 2));
    phases.add(run.facts().phases().get(0));
    for (int from = 5; from < 65; from += 12) {
      phases.add(new Phase("hold 100", from, from + 5, true, 0, 500, rates));
      phases.add(new Phase("hold 50", from + 5, from + 12, true, 0, 350, few));
    }
    RunMetadata facts = run.facts().withPhases(phases);
    run.write(facts);
    assertThat(
            Findings.in(
                    run,
                    SyntheticRun.CONFIG,
                    facts,
                    RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts)),
                    false)
                .findings())
        .extracting(Finding::kind)
        .isNotEmpty()
        .doesNotContain("recurring-slowdown");
  }
}
