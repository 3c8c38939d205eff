package com.soundcore.kcp.verdict.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.verdict.comparison.Comparison.Difference;
import com.soundcore.kcp.verdict.comparison.Comparison.Interval;
import com.soundcore.kcp.verdict.comparison.Comparison.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Difference WORSE =
      difference("p95", 100, 123.456, 23.456, Outcome.REGRESSION);
  private static final Difference BETTER = difference("p50", 20, 10, -10.0, Outcome.IMPROVEMENT);
  private static final Difference SAME = difference("p99", 200, 201, 1.0, Outcome.SAME);
  private static final Difference FEW =
      new Difference("auth", "errors", "%", null, null, null, null, Outcome.TOO_FEW);

  private static Difference difference(
      String figure, double before, double now, double shift, Outcome outcome) {
    return new Difference(
        "auth",
        figure,
        "ms",
        new Interval(before, before - 1, before + 1),
        new Interval(now, now - 1, now + 1),
        shift,
        0.000123,
        outcome);
  }

  private static Comparison of(Difference... differences) {
    return new Comparison("nightly", "2026-01-01T00:00:00Z", List.of(), List.of(differences));
  }

  @Test
  void whatIsWorseComesBeforeWhatIsBetter() {
    assertThat(of(BETTER, SAME, FEW, WORSE).sentences())
        .containsExactly(
            "worse: auth p95 is 123.5 ms, was 100.0 ms (by +23.5 ms; chance alone: p = 0.0001)",
            "better: auth p50 is 10.00 ms, was 20.00 ms (by -10.0 ms; chance alone: p = 0.0001)",
            "compared with nightly: 1 of 3 figures are worse, 1 better; 1 have too few calls");
  }

  @Test
  void onlyARegressionIsWorse() {
    assertThat(of(BETTER, SAME, FEW).worse()).isFalse();
    assertThat(of(BETTER, SAME, FEW, WORSE).worse()).isTrue();
  }

  @Test
  void figuresThatAllHaveTooFewCallsSayNothing() {
    assertThat(of().tells()).isFalse();
    assertThat(of(FEW, FEW).tells()).isFalse();
    assertThat(of(FEW, SAME).tells()).isTrue();
  }

  @Test
  void differencesAreFoundByTheirOutcome() {
    assertThat(of(SAME, WORSE, FEW, WORSE).with(Outcome.REGRESSION)).containsExactly(WORSE, WORSE);
    assertThat(of(SAME, WORSE, FEW).with(Outcome.IMPROVEMENT)).isEmpty();
  }

  @Test
  void runsThatCannotBeComparedSayEachReason() {
    Comparison unlike = new Comparison("nightly", "", List.of("another test", "no log"), List.of());
    assertThat(unlike.sentences())
        .containsExactly(
            "not compared with nightly: another test", "not compared with nightly: no log");
    assertThat(unlike.inOneSentence()).isEqualTo("not compared with nightly: another test; no log");
  }
}
