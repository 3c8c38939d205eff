package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsTest {
  @Test
  void whatAnotherOneCountedIsAdded() {
    Stats stats = new Stats();
    stats.add(10, false, 1);
    stats.add(20, true, 1);
    Stats other = new Stats();
    other.add(30, false, 1);
    other.add(-1, false, 1);
    stats.add(other);
    assertThat(stats.requests()).isEqualTo(4);
    assertThat(stats.failed()).isEqualTo(3);
    assertThat(stats.errorRate()).isEqualTo(0.75);
    assertThat(stats.max()).isEqualTo(30);
    assertThat(stats.percentile(new Percentile(25))).isZero();
    assertThat(stats.histogram().getTotalCount()).isEqualTo(4);
    assertThat(other.requests()).isEqualTo(2);
  }

  @Test
  void theErrorRateOfNothingIsNoNumber() {
    assertThat(new Stats().errorRate()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"50, p50", "99.9, p99.9", "99.99, p99.99", "100, p100", "0.5, p0.5"})
  void aPercentileIsNamedWithoutAnEmptyFraction(double value, String name) {
    assertThat(new Percentile(value).name()).isEqualTo(name);
  }
}
