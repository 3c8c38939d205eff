package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTest {
  @ParameterizedTest
  @CsvSource({"50, 0.5", "95, 0.05", "99, 0.01", "99.9, 0.001", "99.99, 0.0001"})
  void aPercentileLeavesTheRestAsShare(double percentile, double share) {
    assertThat(Limit.percentile(percentile, Duration.ofMillis(300)).share()).isEqualTo(share);
  }

  @Test
  void p95IsThePercentile95() {
    assertThat(Limit.p95(Duration.ofMillis(300))).isEqualTo(new Limit("p95", 0.05, 300));
  }

  @Test
  void onlyALimitWithoutATimeIsOneOnErrors() {
    assertThat(Limit.errors(0.01).isErrors()).isTrue();
    assertThat(new Limit("p95", 0.05, 1).isErrors()).isFalse();
  }

  @Test
  void saysWhatIsRequired() {
    assertThat(Limit.errors(0).required()).isEqualTo("no errors");
    assertThat(Limit.errors(0.001).required()).isEqualTo("errors < 0.1 %");
    assertThat(Limit.percentile(99.9, Duration.ofMillis(1500)).required())
        .isEqualTo("p99.9 < 1500 ms");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 %",
    "1, 100 %",
    "0.1, 10 %",
    "0.0123456, 1.235 %",
    "0.001, 0.1 %",
    "0.000123456, 0.012 %",
    "0.0000123456, 0.0012 %",
    "0.00000123456, 0.00012 %",
    "0.000000123456, 0.000012 %"
  })
  void aSmallShareKeepsTwoFigures(double share, String words) {
    assertThat(Limit.percent(share)).isEqualTo(words);
  }
}
