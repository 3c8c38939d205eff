package com.soundcore.kcp.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.finding.Recovery.Outcome;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.Judge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peak from 0:25 to 0:45, and twenty quiet seconds before and after it. */
class RecoveriesTest {
  private static final String ERROR = "status, 500 in place of 200";

  @TempDir private Path folder;

  private Recovery of(String service, SyntheticRun.Order order) {
    return of(service, 20, order);
  }

  /** Each of the three holds lasts this number of seconds. */
  private Recovery of(String service, int seconds, SyntheticRun.Order order) {
    RunFolder run = new SyntheticRun().holding(3 * seconds).write(folder, order);
    RunMetadata written = run.facts();
    Map<String, Double> quiet = written.phases().get(1).rps();
    Map<String, Double> high =
        quiet.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue() * 10));
    RunMetadata facts =
        written.withPhases(
            List.of(
                new Phase("ramp", 0, 5, false, 0, 0, quiet),
                new Phase("quiet", 5, 5 + seconds, true, 0, 2000, quiet),
                new Phase("peak", 5 + seconds, 5 + 2 * seconds, true, 0, 20_000, high),
                new Phase("quiet", 5 + 2 * seconds, 5 + 3 * seconds, true, 0, 2000, quiet)));
    ServiceSignals signals =
        new ServiceSignals(
            SyntheticRun.CONFIG,
            facts,
            RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts)),
            List.of(),
            List.of(),
            GeneratorEffect.NONE);
    return new Recoveries(signals, List.of())
        .all().stream().filter(one -> one.service().equals(service)).findFirst().orElseThrow();
  }

  /** Fails all calls of support between two seconds of the run. */
  private static SyntheticRun.Order down(int from, int to) {
    return SyntheticRun.Order.failing(
        (service, second, number) -> {
          boolean in = service.equals("support") && second + 5 >= from && second + 5 < to;
          return in ? ERROR : "";
        });
  }

  @Test
  void whatThePeakDoesNotChangeIsNotAffected() {
    Recovery recovery = of("support", new SyntheticRun.Order() {});
    assertThat(recovery.outcome()).isEqualTo(Outcome.UNAFFECTED);
    assertThat(recovery.sentence()).contains("(it kept answering)");
  }

  @Test
  void aServiceThatWasDownForAPartOfThePeakDidNotKeepAnswering() {
    Recovery recovery = of("support", down(30, 34));
    assertThat(recovery.collapsed()).isTrue();
    assertThat(recovery.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(recovery.sentence()).contains("(it was down for 4 s of the peak)");
  }

  @Test
  void aServiceThatGoesDownAfterThePeakHasNotRecoveredBefore() {
    Recovery recovery = of("support", down(52, 56));
    assertThat(recovery.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(recovery.seconds()).isEqualTo(11);
    assertThat(of("support", down(60, 65)).outcome()).isEqualTo(Outcome.NOT_RECOVERED);
  }

  @Test
  void errorsThatStayAfterThePeakAreNoRecovery() {
    Recovery recovery =
        of(
            "knowledge",
            80,
            SyntheticRun.Order.failing(
                (service, second, number) -> {
                  // One of two hundred calls, where one of a thousand is allowed.
                  return second >= 80 && second % 4 == 0 && number == 7 ? ERROR : "";
                }));
    assertThat(recovery.outcome()).isEqualTo(Outcome.NOT_RECOVERED);
    assertThat(recovery.sentence()).contains("errors 0.0 % before, 0.5 % in it, 0.5 % after it");
  }

  @Test
  void aServiceThatStaysSlowerThanBeforeWasAffected() {
    Recovery recovery =
        of(
            "analytics",
            SyntheticRun.Order.taking(
                (service, second, number) -> (second < 20 ? 100 : 140) + number % 5));
    assertThat(recovery.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(recovery.sentence()).contains("p95 104 ms before the peak", "144 ms after it");
  }

  @Test
  void theP95OfRareCallsIsThatOfAllOfThem() {
    // Of five calls a second the slowest: the median of those would be 300 ms.
    Recovery recovery =
        of(
            "auth",
            SyntheticRun.Order.taking(
                (service, second, number) -> number < 4 ? 20 : second % 5 < 2 ? 900 : 300));
    assertThat(recovery.beforeP95Ms()).isBetween(895.0, 905.0);
  }
}
