package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The reference values are those of NumPy: with H hits and C calls of each of k blocks and p =
 * H.sum() / C.sum(), {@code ((H - p * C)**2).sum() * k / (k - 1) / C.sum() / (p * (1 - p))}.
 */
class DesignEffectTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static long[] of(int seconds, long each) {
    long[] values = new long[seconds];
    Arrays.fill(values, each);
    return values;
  }

  @Test
  void callsThatFailTogetherCountForLess() {
    long[] hits = {0, 0, 0, 0, 8, 0, 0, 0};
    long[] calls = {10, 10, 10, 10, 20, 10, 10, 10};
    assertThat(DesignEffect.of(hits, calls)).isCloseTo(6.9376693766937665, EXACT);
  }

  @Test
  void theLengthOfBlocksThatShowsMostCounts() {
    long[] burst = {0, 0, 0, 5, 5, 0, 0, 0, 0, 0, 4, 6, 0, 0, 0, 5, 5, 0, 0, 0, 0, 0, 4, 6};
    // By single seconds 4.299, by three seconds 6.857; there are too few blocks of ten.
    assertThat(DesignEffect.of(burst, of(24, 10))).isCloseTo(6.857142857142858, EXACT);
  }

  @Test
  void sevenBlocksAreTooFew() {
    long[] hits = {0, 0, 0, 0, 8, 0, 0};
    assertThat(DesignEffect.of(hits, of(7, 10))).isEqualTo(1);
  }

  @Test
  void evenFailuresAreNoBetterThanIndependentOnes() {
    assertThat(DesignEffect.of(of(24, 1), of(24, 10))).isEqualTo(1);
  }

  @Test
  void aShareOfNothingOrOfAllHasNoClusters() {
    assertThat(DesignEffect.of(of(24, 0), of(24, 10))).isEqualTo(1);
    assertThat(DesignEffect.of(of(24, 10), of(24, 10))).isEqualTo(1);
    assertThat(DesignEffect.of(of(24, 0), of(24, 0))).isEqualTo(1);
  }
}
