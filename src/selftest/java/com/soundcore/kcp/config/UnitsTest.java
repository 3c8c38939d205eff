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
    "0.04684, 0.04684",
    "0, 0.000",
    "0.00001, 0.00001000",
    "-0.0000123456, -0.00001235",
    "9.99996, 10.00",
    "999.96, '1,000'",
    "NaN, NaN"
  })
  void aMeasuredNumberIsNeverAPowerOfTen(double number, String text) {
    assertThat(Units.fourDigits(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.00001, 0.00001", "20000000.5, 20000000.5", "10, 10", "0.5, 0.5"})
  void aPlainNumberIsNeverAPowerOfTen(double number, String text) {
    assertThat(Units.plain(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.5, p = 0.5", "0.0123, p = 0.01", "0.0001, p = 0.0001", "3e-9, p < 0.0001"})
  void aSmallProbabilityIsABound(double probability, String text) {
    assertThat(Units.chance(probability)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"120, 2, 120", "12345.6, 3, '12,346'", "0.056, 1, 0.06"})
  void allDigitsBeforeThePointAreKept(double number, int digits, String text) {
    assertThat(Units.digits(number, digits)).isEqualTo(text);
  }
}
