package com.soundcore.kcp.verdict.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.ComparisonOptions;
import com.soundcore.kcp.verdict.comparison.Comparison.Difference;
import com.soundcore.kcp.verdict.comparison.Comparison.Interval;
import com.soundcore.kcp.verdict.comparison.Comparison.Outcome;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoSampleComparisonTest {
  private static final TwoSampleComparison P95 = new TwoSampleComparison("auth", "p95", "ms");
  // Ten blocks above ten others: two of the 184,756 orders are as far apart.
  private static final double APART = 2.0 / 184_756;

  private static ComparisonOptions options(double significance) {
    return new ComparisonOptions(
        0.1, Duration.ofMillis(2), 0.001, 0.5, significance, 0.05, 0.01, 60, 10, 10);
  }

  /** Returns the whole numbers from the count down to one. */
  private static double[] from(int first, int count) {
    return IntStream.range(0, count).mapToDouble(i -> first + count - 1.0 - i).toArray();
  }

  private static double[] ofZeros(int count) {
    return new double[count];
  }

  private static Difference weighed(double[] now, double[] before, double matters) {
    return P95.of(now, before, was -> matters, options(0.001));
  }

  @Test
  void aShiftIsTheMedianOfAllDifferencesAndItsBoundsAreThoseOfTheSignTest() {
    Difference difference = weighed(from(121, 10), from(101, 10), 19);
    assertThat(difference.subject()).isEqualTo("auth");
    assertThat(difference.figure()).isEqualTo("p95");
    assertThat(difference.unit()).isEqualTo("ms");
    assertThat(difference.before()).isEqualTo(new Interval(105.5, 102, 110));
    assertThat(difference.now()).isEqualTo(new Interval(125.5, 122, 130));
    assertThat(difference.difference()).isEqualTo(20);
    assertThat(difference.pValue()).isCloseTo(APART, within(1e-12));
    assertThat(difference.outcome()).isEqualTo(Outcome.REGRESSION);
  }

  /** Of 16 blocks the bounds are four from either side of the middle. */
  @Test
  void moreBlocksHaveNarrowerBounds() {
    assertThat(weighed(from(121, 16), from(101, 16), 19).before())
        .isEqualTo(new Interval(108.5, 105, 113));
  }

  @Test
  void aSingleBlockDoesNotMoveTheShift() {
    double[] now = from(101, 11);
    now[0] = 100_000;
    assertThat(weighed(now, from(101, 11), 1).difference()).isZero();
    assertThat(weighed(now, from(101, 11), 1).outcome()).isEqualTo(Outcome.SAME);
  }

  @ParameterizedTest
  @CsvSource({
    "121, 101, 19.9, REGRESSION",
    "121, 101, 20, SAME",
    "101, 121, 19.9, IMPROVEMENT",
    "101, 121, 20, SAME"
  })
  void onlyALargerShiftThanMattersCounts(int now, int before, double matters, Outcome outcome) {
    assertThat(weighed(from(now, 10), from(before, 10), matters).outcome()).isEqualTo(outcome);
  }

  @Test
  void whatMattersIsAskedForTheMedianBefore() {
    assertThat(
            P95.of(
                    from(121, 10),
                    from(101, 10),
                    was -> was == 105.5 ? 19 : Double.MAX_VALUE,
                    options(0.001))
                .outcome())
        .isEqualTo(Outcome.REGRESSION);
  }

  @Test
  void onlyAShiftThatChanceMakesLessOftenCounts() {
    double p = weighed(from(121, 10), from(101, 10), 1).pValue();
    assertThat(P95.of(from(121, 10), from(101, 10), was -> 1, options(p)).outcome())
        .isEqualTo(Outcome.SAME);
    assertThat(P95.of(from(121, 10), from(101, 10), was -> 1, options(Math.nextUp(p))).outcome())
        .isEqualTo(Outcome.REGRESSION);
  }

  @ParameterizedTest
  @CsvSource({"10, 10, REGRESSION", "9, 10, TOO_FEW", "10, 9, TOO_FEW"})
  void fewerBlocksAreNotCompared(int now, int before, Outcome outcome) {
    assertThat(weighed(from(121, now), from(101, before), 1).outcome()).isEqualTo(outcome);
    assertThat(
            P95.ofWholes(from(121, now), from(101, before), 9, 5, was -> 1, options(0.001))
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  void whatIsNotComparedHasNoFigures() {
    Difference none = new Difference("auth", "p95", "ms", null, null, null, null, Outcome.TOO_FEW);
    assertThat(weighed(from(121, 9), from(101, 9), 1)).isEqualTo(none);
    assertThat(P95.ofWholes(from(121, 9), from(101, 9), 9, 5, was -> 1, options(0.001)))
        .isEqualTo(none);
  }

  @Test
  void ofWholesTheShiftIsThatBetweenTheRuns() {
    double[] matters = new double[1];
    Difference difference =
        P95.ofWholes(
            from(121, 10),
            from(101, 10),
            7,
            4,
            was -> {
              matters[0] = was;
              return 2.9;
            },
            options(0.001));
    assertThat(difference.before()).isEqualTo(new Interval(4, 102, 110));
    assertThat(difference.now()).isEqualTo(new Interval(7, 122, 130));
    assertThat(difference.difference()).isEqualTo(3);
    assertThat(difference.pValue()).isCloseTo(APART, within(1e-12));
    assertThat(difference.outcome()).isEqualTo(Outcome.REGRESSION);
    assertThat(matters[0]).isEqualTo(4);
  }

  @Test
  void valuesThatAreAllTheSameAreNoDifference() {
    Difference difference = P95.ofWholes(ofZeros(10), ofZeros(10), 5, 0, was -> 1, options(0.001));
    assertThat(difference.pValue()).isEqualTo(1);
    assertThat(difference.outcome()).isEqualTo(Outcome.SAME);
  }
}
