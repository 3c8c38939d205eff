package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTest {
  @ParameterizedTest
  @CsvSource({
    "PASS, 0, All gates held",
    "FAIL, 2, At least one",
    "INVALID, 3, Nothing was proved",
    "UNDECIDED, 4, The measurement is sound"
  })
  void everyOutcomeHasItsExitCodeAndItsMeaning(Status status, int exitCode, String meaning) {
    assertThat(status.exitCode()).isEqualTo(exitCode);
    assertThat(status.meaning()).startsWith(meaning);
  }
}
