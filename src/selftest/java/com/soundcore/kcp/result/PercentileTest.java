package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentileTest {
  @Test
  void thePercentilesOfOneToAHundredAreTheirNumbers() {
    Stats stats = new Stats();
    for (int millis = 1; millis <= 100; millis++) {
      stats.add(millis, millis != 7, 1);
    }
    assertThat(stats.percentile(Percentile.P99)).isEqualTo(99);
    assertThat(stats.percentile(Percentile.P95)).isEqualTo(95);
    assertThat(stats.percentile(Percentile.P50)).isEqualTo(50);
    assertThat(stats.errorRate()).isEqualTo(0.01);
    assertThat(stats.max()).isEqualTo(100);
  }

  @Test
  void theLargestAndFractionsArePercentilesWithNames() {
    assertThat(new Percentile(100).name()).isEqualTo("p100");
    assertThat(Percentile.P95.name()).isEqualTo("p95");
    assertThat(new Percentile(99.9).name()).isEqualTo("p99.9");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 100.1, Double.NaN})
  void anotherScaleIsRefused(double value) {
    assertThatThrownBy(() -> new Percentile(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
