package com.soundcore.kcp.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({"70us, PT0.00007S", "500ms, PT0.5S", "1.5h, PT1H30M", "2 m, PT2M", "1d, P1D"})
  void aDurationHasAUnit(String text, Duration duration) {
    assertThat(Units.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "", "s", "-1s", "1 year", "1s2"})
  void anythingElseIsNoDuration(String text) {
    assertThat(Units.duration(text)).isNull();
  }

  @Test
  void aShareIsAPercentage() {
    assertThat(Units.share("0.01%")).isEqualTo(0.0001);
    assertThat(Units.share("100 %")).isEqualTo(1.0);
    assertThat(Units.share("101%")).isNull();
    assertThat(Units.share("0.5")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.00007S, 70 us",
    "PT0.25S, 250 ms",
    "PT1H5M3S, 1 h 5 min 3 s",
    "P1D, 1 d",
    "PT0S, 0 ms"
  })
  void aDurationIsWrittenForPeople(Duration duration, String text) {
    assertThat(Units.text(duration)).isEqualTo(text);
  }
}
