package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class StepTestTest {
  /** Even noise from -1 to 1, with a step of a height from the 20th to the 40th value. */
  private static double[] series(double step) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {7, 1});
    return IntStream.range(0, 100)
        .mapToDouble(i -> random.nextDouble(-1, 1) + (i >= 20 && i < 40 ? step : 0))
        .toArray();
  }

  @Test
  void aStepAboveTheNoiseIsNoChance() {
    assertThat(StepTest.pValue(series(2), 20, 40)).isLessThan(1e-6);
    assertThat(StepTest.pValue(series(0), 20, 40)).isEqualTo(1);
    assertThat(StepTest.pValue(series(-2), 20, 40)).isEqualTo(1);
  }

  @Test
  void whereNeighboursAreAlikeThereAreFewerValues() {
    double[] slow = new double[100];
    double[] fast = series(0.9);
    for (int i = 0; i < 100; i++) {
      slow[i] = fast[i / 5 * 5];
    }
    assertThat(StepTest.pValue(slow, 20, 40)).isGreaterThan(StepTest.pValue(fast, 20, 40));
  }

  @Test
  void withoutNoiseAnyStepIsOneAndTooFewValuesAreNone() {
    double[] exact = {1, 1, 1, 2, 2, 1, 1};
    assertThat(StepTest.pValue(exact, 3, 5)).isZero();
    assertThat(StepTest.pValue(exact, 0, 2)).isPositive();
    assertThat(StepTest.pValue(exact, 3, 4)).isEqualTo(1);
    assertThat(StepTest.pValue(new double[] {1, 1, 1, 1}, 0, 2)).isEqualTo(1);
  }
}
