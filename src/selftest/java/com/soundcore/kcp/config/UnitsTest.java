package com.soundcore.kcp.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "10000, '10,000'",
    "1250.4, '1,250'",
    "335.06, 335.1",
    "42, 42.00",
    "0.04684, 0.04684"
  })
  void aMeasuredNumberIsNeverAPowerOfTen(double number, String text) {
    assertThat(Units.fourDigits(number)).isEqualTo(text);
  }
}
