package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

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
}
