package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

  private static List<double[]> points(double[] x, double... y) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      points.add(new double[] {x.length == 0 ? i : x[i], y[i]});
    }
    return points;
  }

  /** Of SciPy 1.17.1 (theilslopes(y, x)) and pymannkendall 1.4.3 (original_test(y).p). */
  @Test
  void slopeAndTestAreThoseOfTheReference() {
    TheilSen rising =
        TheilSen.of(points(new double[0], 1.2, 0.7, 3.1, 2.2, 2.9, 3.7, 3.2, 5.1, 4.4, 4.9));
    assertThat(rising.slope()).isCloseTo(0.44, within(1e-12));
    assertThat(rising.pValue()).isCloseTo(0.004207551285491773, within(1e-9));
    assertThat(rising.median()).isCloseTo(3.15, within(1e-12));
  }

  @Test
  void tiesAndUnevenTimesAreThoseOfTheReference() {
    TheilSen falling = TheilSen.of(points(new double[] {0, 1, 3, 4, 8, 9}, 5, 4, 4, 2, 2, 1));
    assertThat(falling.slope()).isCloseTo(-0.4, within(1e-12));
    assertThat(falling.pValue()).isCloseTo(0.019363849765463348, within(1e-9));
  }

  /** Of SciPy 1.16.3: theilslopes leaves out pairs at one time, here those of 1, 9 and 8. */
  @Test
  void pointsAtOneTimeHaveNoSlopeBetweenThem() {
    TheilSen trend = TheilSen.of(points(new double[] {0, 0, 0, 1, 2, 3}, 1, 9, 8, 3, 5, 4));
    assertThat(trend.slope()).isCloseTo(-1.1666666666666665, within(1e-12));
  }

  /**
   * Of SciPy: with the ranks r of y - slope * x, the correlation c of each lag, up to the first
   * below 1.645 / sqrt(n), makes the variance larger by 1 + 2 / (n * (n - 1) * (n - 2)) * sum((n -
   * lag) * (n - lag - 1) * (n - lag - 2) * c); without that the p-value would be 0.037.
   */
  @Test
  void valuesThatFollowOneAnotherProveLess() {
    double[] wandering = {
      2.041, -0.923, -0.32, -0.824, -1.112, -1.105, -2.904, -2.555, -2.909, 0.996, 1.022, 0.465,
      0.091, -0.595, -1.531, -1.616, -0.811, -0.887, 0.248, -0.001, 0.023, 1.564, 1.797, 0.932,
      0.563, 0.991, 2.728, 1.913, 1.286, 2.031, 0.739, 0.299, 1.122, 1.478, 1.274, 1.689, -1.477,
      -0.16, -1.088, -2.539
    };
    assertThat(TheilSen.of(points(new double[0], wandering)).pValue())
        .isCloseTo(0.18345274742261908, within(1e-9));
  }

  @Test
  void twoPointsAreNoTrend() {
    assertThat(TheilSen.of(points(new double[0], 1, 3))).isEqualTo(new TheilSen(0, 1, 2));
    assertThat(TheilSen.of(points(new double[0], 1, 3, 5)).slope()).isEqualTo(2);
  }

  @Test
  void morePointsThanTheMostAreRefused() {
    assertThat(TheilSen.of(points(TheilSen.MOST, 1, 0, 1)).slope()).isEqualTo(1);
    List<double[]> tooMany = points(TheilSen.MOST + 1, 1, 0, 1);
    assertThatThrownBy(() -> TheilSen.of(tooMany)).hasMessage("241 points are more than 240");
  }
}
