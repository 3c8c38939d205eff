package com.soundcore.kcp.config.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTest {
  private static Operation operation(int status, List<String> contains) {
    return new Operation(
        "auth",
        "me",
        "GET",
        "/me",
        "",
        status,
        contains,
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"error\":\"no database\"}, \"error\"",
        " { \"detail\" : [7] }, \"detail\"",
        "{\"errors\":[1]}, \"errors\"",
        "{\"items\":[{\"error\":1}]}, ``",
        "{\"error_rate\":0.5}, ``",
        "[{\"error\":1}], ``",
        "{\"errors\": []}, ``",
        "{\"error\" : null}, ``",
        "{\"error\", \"error\"",
        "{, ``",
        "``, ``"
      })
  void anObjectThatBeginsWithAnErrorIsNoRightAnswer(String answer, String error) {
    assertThat(operation(200, List.of("{")).errorIn(answer)).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"404, {", "200, \"detail\":"})
  void whereAnErrorIsAskedForItIsRight(int status, String piece) {
    assertThat(operation(status, List.of(piece)).errorIn("{\"detail\":\"none\"}")).isEmpty();
  }
}
