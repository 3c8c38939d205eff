package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TheilSenTest {
  private static List<double[]> points(int count, double slope, double noise, long seed) {
    Random random = new Random(seed);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(new double[] {i, 100 + slope * i + noise * random.nextGaussian()});
    }
    return points;
  }

  @Test
  void aLineIsFoundThroughNoiseAndOutliers() {
    List<double[]> points = points(40, 0.5, 1, 1);
    points.get(3)[1] = 900;
    points.get(20)[1] = 0;
    TheilSen trend = TheilSen.of(points);
    assertThat(trend.slope()).isCloseTo(0.5, within(0.05));
    assertThat(trend.pValue()).isLessThan(1e-6);
  }

  @Test
  void noiseIsNoTrend() {
    int significant = 0;
    for (int seed = 0; seed < 200; seed++) {
      significant += TheilSen.of(points(40, 0, 5, seed)).pValue() < 0.01 ? 1 : 0;
    }
    // One in a hundred by chance.
    assertThat(significant).isLessThanOrEqualTo(8);
  }

  /** Values that follow one another wander, and a wandering is soon taken for a trend. */
  @Test
  void whatWandersIsHardlyEverATrend() {
    int significant = 0;
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      double value = 0;
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        value = 0.9 * value + random.nextGaussian();
        points.add(new double[] {i, value});
      }
      significant += TheilSen.of(points).pValue() < 0.001 ? 1 : 0;
    }
    assertThat(significant).isLessThanOrEqualTo(60);
  }

  @Test
  void theTestIsThatOfTheLiterature() {
    // Five rising values: S = 10, variance 16 2/3, z = 9 / 4.0825, two-sided p = 0.0275.
    List<double[]> points = points(5, 1, 0, 1);
    assertThat(TheilSen.of(points).pValue()).isCloseTo(0.0275, within(0.0002));
  }

  @Test
  void whatDoesNotMoveHasNoTrend() {
    assertThat(TheilSen.of(points(30, 0, 0, 1)).pValue()).isEqualTo(1);
    assertThat(TheilSen.of(List.of()).pValue()).isEqualTo(1);
  }
}
