package com.soundcore.kcp.config.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.PlainOperation;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTest {
  private static final Pattern KEY = Pattern.compile("\"[a-z_]+\":");

  private static Operation operation(int status, List<String> contains) {
    return PlainOperation.of("auth", "me", "GET /me", status, contains);
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

  @Test
  void everyOperationNamesAKeyThatItsAnswerMustHave() {
    assertThat(SyntheticRun.CONFIG.allServices().values())
        .flatMap(service -> service.operations().values())
        .hasSizeGreaterThanOrEqualTo(20)
        .allMatch(it -> it.contains().stream().anyMatch(KEY.asPredicate()), "names a key");
  }

  /** The feeders draw only what the catalogue has, so that each of these lists has a row. */
  @ParameterizedTest
  @CsvSource({"list", "search", "products"})
  void noListOfKnownRowsMayBeEmpty(String name) {
    Operation operation = SyntheticRun.CONFIG.allServices().get("knowledge").operations().get(name);
    assertThat(operation.contains()).anyMatch(piece -> piece.endsWith("[{"));
  }
}
