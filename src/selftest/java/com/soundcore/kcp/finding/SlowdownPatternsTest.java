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

/** A service that is slow by the clock, or now and then, is not slow by the load. */
class SlowdownPatternsTest {
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
        .containsExactly("unknown");
  }

  @Test
  void timesTooShortToBeAStretchAreSeenWhereTheyMissTheTarget() {
    assertThat(
            new ObservedRun()
                .evidence(
                    folder,
                    new SlowIn(second -> second >= 10 && second % 9 < 2),
                    "recurring-slowdown",
                    "analytics"))
        .contains("every 9 s and for about 2 s", "its p95 was 90", "at its best 9 ms");
  }

  @Test
  void shortTimesThatComeNowAndThenDoNotComeByTheClock() {
    Set<Integer> starts = Set.of(11, 17, 26, 30, 39, 45, 58);
    assertThat(
            new ObservedRun()
                .findings(
                    folder,
                    new SlowIn(
                        second -> starts.stream().anyMatch(s -> second >= s && second < s + 2))))
        .extracting(Finding::kind)
        .containsExactly("unknown");
  }

  @Test
  void whatIsSlowWheneverMoreIsSentIsNoJobThatRunsByTheClock() {
    List<Integer> changes = new ArrayList<>();
    for (int from = 5; from < 65; from += 12) {
      changes.addAll(List.of(from, from + 5));
    }
    assertThat(findings(new SlowIn(second -> second >= 10 && second % 12 < 5), true, changes))
        .containsExactly("unknown");
  }

  @Test
  void whatIsSlowOnlyWhenMoreIsSentIsSlowUnderLoad() {
    assertThat(findings(new SlowIn(second -> second >= 35), false, List.of(5, 35)))
        .containsExactly("slow-under-load");
  }

  @Test
  void oneMomentAfterTheLoadRoseIsNoThreshold() {
    assertThat(findings(new SlowIn(s -> s >= 30 && s < 35), false, List.of(5, 35)))
        .containsExactly("unknown");
  }

  @Test
  void nothingIsSaidOfALowerLoadThatWasTooShortToBeSeen() {
    assertThat(found(new SlowIn(second -> second >= 8 && second < 38), false, List.of(5, 13, 43)))
        .singleElement()
        .satisfies(
            one ->
                assertThat(String.join("\n", one.evidence()))
                    .contains("the time at 50 req/s was too short to compare")
                    .doesNotContain("fast"));
  }

  @Test
  void oneTimeMoreThatIsNotByTheClockHidesNoneThatAre() {
    SyntheticRun longer = new SyntheticRun().holding(120);
    assertThat(
            kinds(
                longer.write(folder, new SlowIn(s -> s >= 10 && s % 10 < 4 || s >= 66 && s < 68))))
        .contains("recurring-slowdown");
  }

  @Test
  void whatIsAsOftenSlowWhenLessIsSentIsNotSlowUnderLoad() {
    Set<Integer> starts = Set.of(16, 26, 37, 44, 58);
    assertThat(
            findings(
                new SlowIn(second -> starts.stream().anyMatch(s -> second >= s && second < s + 5)),
                false,
                List.of(5, 35)))
        .containsExactly("unknown");
  }

  @Test
  void aColdStartHidesNoShorterTimeThatComesLater() {
    assertThat(
            findings(
                new SlowIn(second -> second < 5 || second >= 30 && second < 35),
                false,
                List.of(5, 35, 40)))
        .containsExactly("slow-under-load");
  }

  /**
   * What is found where the planned load goes up and down by half.
   *
   * @param up whether it begins at the higher load
   * @param changes the seconds in which it changes
   */
  private List<String> findings(SlowIn order, boolean up, List<Integer> changes) {
    return found(order, up, changes).stream().map(Finding::kind).toList();
  }

  private static List<String> kinds(RunFolder run) {
    return found(run, run.facts()).stream().map(Finding::kind).toList();
  }

  private static List<Finding> found(RunFolder run, RunMetadata facts) {
    return Findings.in(
            run,
            SyntheticRun.CONFIG,
            facts,
            RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts)),
            GeneratorEffect.NONE)
        .findings();
  }

  private List<Finding> found(SlowIn order, boolean up, List<Integer> changes) {
    RunFolder run = new SyntheticRun().write(folder, order);
    Map<String, Double> all = run.facts().phases().get(1).rps();
    Map<String, Double> half = new TreeMap<>();
    all.forEach((service, rate) -> half.put(service, rate / 2));
    List<Phase> phases = new ArrayList<>(List.of(run.facts().phases().get(0)));
    for (int i = 0; i < changes.size(); i++) {
      int to = i + 1 < changes.size() ? changes.get(i + 1) : 65;
      boolean high = (i % 2 == 0) == up;
      String name = high ? "hold 100" : "hold 50";
      phases.add(
          new Phase(
              name, changes.get(i), to, true, 0, 100L * (to - changes.get(i)), high ? all : half));
    }
    return found(run, run.facts().withPhases(phases));
  }
}
