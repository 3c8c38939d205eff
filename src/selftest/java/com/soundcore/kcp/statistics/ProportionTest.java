package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference values are those of SciPy 1.17.1. */
class ProportionTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /**
   * beta.ppf(confidence, hits + 1, calls - hits), beta.ppf(1 - confidence, hits, calls - hits + 1).
   */
  @ParameterizedTest
  @CsvSource({
    "0, 59, 0.95, 0.04950760988822693, 0",
    "0, 58, 0.95, 0.050339338330420105, 0",
    "3, 1000, 0.95, 0.007735244718479458, 0.0008181753982218005",
    "9, 10, 0.95, 0.9948838031081763, 0.6058366975634953",
    "10, 10, 0.95, 1, 0.7411344491069478",
    "1, 30000, 0.95, 0.00015811895074140282, 1.7097750179180472e-06",
    "29, 29999, 0.99, 0.0014726664633112026, 0.0005986778189583982",
    "2.5, 40.25, 0.95, 0.1651394427509622, 0.014397416811727836",
    "50, 1000, 0.975, 0.06539048791549364, 0.03733539760466178"
  })
  void theBoundsAreThoseOfClopperAndPearson(
      double hits, double calls, double confidence, double upper, double lower) {
    Proportion proportion = new Proportion(hits, calls);
    assertThat(proportion.upper(confidence)).isCloseTo(upper, EXACT);
    assertThat(proportion.lower(confidence)).isCloseTo(lower, EXACT);
  }

  @Test
  void nothingIsKnownWithoutACall() {
    assertThat(new Proportion(0, 0).upper(0.95)).isEqualTo(1);
    assertThat(new Proportion(0, 0).lower(0.95)).isZero();
  }

  /** ceil(log(0.05) / log1p(-limit)) */
  @ParameterizedTest
  @CsvSource({"0.05, 59", "0.01, 299", "0.005, 598", "0.001, 2995", "0.0001, 29956"})
  void aLimitTakesThisManyCallsWithoutAHit(double limit, long calls) {
    assertThat(Proportion.callsToProve(limit, 0.95)).isEqualTo(calls);
    assertThat(new Proportion(0, calls).upper(0.95)).isLessThan(limit);
    assertThat(new Proportion(0, calls - 1.0).upper(0.95)).isGreaterThan(limit);
  }

  /** max(h for h in range(calls) if beta.ppf(0.95, h + 1, calls - h) < limit) */
  @ParameterizedTest
  @CsvSource({
    "0.05, 58, -1",
    "0.05, 59, 0",
    "0.05, 92, 0",
    "0.05, 93, 1",
    "0.01, 1000, 4",
    "0.001, 30000, 20",
    "0.0001, 29955, -1",
    "0.0001, 29956, 0",
    "0.05, 10000, 463"
  })
  void thisManyHitsStillProveALimit(double limit, long calls, long hits) {
    assertThat(Proportion.mostHitsToProve(limit, calls, 0.95)).isEqualTo(hits);
  }

  /** binom.cdf(hits, calls, probability) */
  @ParameterizedTest
  @CsvSource({
    "-1, 5, 0.5, 0",
    "0, 10, 0.1, 0.3486784401",
    "3, 1000, 0.002, 0.8573042389046867",
    "12, 5000, 0.004, 0.03873009923385284",
    "5, 5, 0.5, 1",
    "4, 5, 0, 1",
    "4, 5, 1, 0"
  })
  void theChanceOfAtMostThisManyHitsIsBinomial(
      long hits, long calls, double probability, double chance) {
    assertThat(Proportion.probabilityOfAtMost(hits, calls, probability)).isCloseTo(chance, EXACT);
  }

  /** The exact sums of the probabilities, to 60 digits. */
  @ParameterizedTest
  @CsvSource({
    "3, 5000000000, 1e-9, 0.2650259151569878",
    "3000000000, 6000000000, 0.5, 0.5000051503226934",
    "2147483653, 2147483658, 0.999999999, 0.0669390007819055",
    "6000000000, 6000000000, 0.5, 1"
  })
  void moreCallsThanAnIntHoldsAreCountedRightly(
      long hits, long calls, double probability, double chance) {
    assertThat(Proportion.probabilityOfAtMost(hits, calls, probability))
        .isCloseTo(chance, within(1e-7));
  }
}
