package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonotonicTrendTest {
  private static final double SHARE = 0.7;

  private static MonotonicTrend trend(IntToDoubleFunction value) {
    List<double[]> points = new ArrayList<>();
    for (int second = 0; second <= 36; second++) {
      points.add(new double[] {second, value.applyAsDouble(second)});
    }
    return MonotonicTrend.of(points);
  }

  @Test
  void aStraightRiseGoesOn() {
    assertThat(trend(second -> second).goesOn(SHARE)).isTrue();
  }

  @Test
  void whatWarmsUpDoesNot() {
    assertThat(trend(second -> 100 * (1 - Math.exp(-second / 8.0))).goesOn(SHARE)).isFalse();
  }

  @Test
  void aStaircaseGoesOnWhereverItsStepsFall() {
    for (int first = 1; first <= 10; first++) {
      int offset = 10 - first;
      MonotonicTrend stairs = trend(second -> 15.0 * ((second + offset) / 10));
      assertThat(stairs.goesOn(SHARE)).as("first step at %d", first).isTrue();
      assertThat(stairs.lastPerSecond()).isEqualTo(1.5);
    }
  }

  @Test
  void whatRisesOnceAndStaysDoesNotHoweverLongItStoodStillBefore() {
    assertThat(trend(second -> 10.0 * Math.max(0, Math.min(second, 20) - 15)).goesOn(SHARE))
        .isFalse();
  }

  @Test
  void aStaircaseThatHasStoppedDoesNot() {
    assertThat(trend(second -> 15.0 * (Math.min(second, 15) / 3)).goesOn(SHARE)).isFalse();
  }

  @Test
  void aStraightRiseIsTheSameInItsThirdsAndInTheWhole() {
    MonotonicTrend rise = trend(second -> 10 + 2.0 * second);
    assertThat(rise.whole().slope()).isEqualTo(2);
    assertThat(rise.middlePerSecond()).isEqualTo(2);
    assertThat(rise.lastPerSecond()).isEqualTo(2);
    assertThat(rise.seconds()).isEqualTo(36);
    assertThat(rise.rise()).isEqualTo(72);
    // The last tenth of 37 points: those of 34, 35 and 36 s.
    assertThat(rise.last()).isEqualTo(80);
  }

  @Test
  void itsSteepestSlopeIsThatOfTheEndWhereThatIsSteeper() {
    MonotonicTrend bent = trend(second -> second < 24 ? second : 24 + 3.0 * (second - 24));
    assertThat(bent.lastPerSecond()).isEqualTo(3);
    assertThat(bent.middlePerSecond()).isEqualTo(1);
    assertThat(bent.steepest()).isEqualTo(3);
    MonotonicTrend flattened = trend(second -> Math.min(second, 24));
    assertThat(flattened.lastPerSecond()).isZero();
    // The median of the slopes between all 666 pairs of its points.
    assertThat(flattened.whole().slope()).isCloseTo(0.8722826086956521, within(1e-12));
    assertThat(flattened.steepest()).isEqualTo(flattened.whole().slope());
  }

  @Test
  void manyPointsAreMeansOfBlocks() {
    List<double[]> points = new ArrayList<>();
    for (int second = 0; second < 120; second++) {
      points.add(new double[] {second, second % 2 == 0 ? second + 50 : second - 50});
    }
    // 60 blocks of two: what swings from one point to the next is not there any more.
    assertThat(MonotonicTrend.of(points).whole().slope()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0.7, true", "0.7, 1, 0.7, true", "0.69, 1, 0.7, false", "0, 0, 0.7, false"})
  void itGoesOnWhileEnoughOfItsSlopeIsLeft(
      double last, double middle, double share, boolean goesOn) {
    TheilSen whole = new TheilSen(middle, 0, 0);
    assertThat(new MonotonicTrend(whole, middle, last, 0, 1).goesOn(share)).isEqualTo(goesOn);
    // Both slopes count.
    TheilSen steep = new TheilSen(10, 0, 0);
    assertThat(new MonotonicTrend(steep, middle, last, 0, 1).goesOn(share)).isFalse();
  }
}
