package com.soundcore.kcp.config.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerPartTest {
  private static final String BODY =
      "{\"token\":\"t\",\"data\":{\"list\":[{\"id\":7}],\"none\":null,\"empty\":\"\"}}";
  private static final Map<String, List<String>> HEADERS =
      Map.of("x-token", List.of("h"), "set-cookie", List.of("a=1; Path=/", "session=s; HttpOnly"));

  private static Optional<String> value(String part) {
    return AnswerPart.of(part)
        .orElseThrow()
        .in(BODY, name -> HEADERS.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "token, t",
    "$.token, t",
    "$.data.list[0].id, 7",
    "/data/list/0/id, 7",
    "header:X-Token, h",
    "cookie:session, session=s"
  })
  void aValueIsFoundWhereItIs(String part, String value) {
    assertThat(value(part)).hasValue(value);
  }

  @ParameterizedTest
  @CsvSource({"$.data", "$.data.none", "$.data.empty", "other", "header:X-Other", "cookie:other"})
  void whatIsNoValueIsMissing(String part) {
    assertThat(value(part)).isEmpty();
  }

  @Test
  void anAnswerThatIsNoJsonHasNone() {
    assertThat(AnswerPart.of("token").orElseThrow().in("<html>", name -> List.of())).isEmpty();
    assertThat(AnswerPart.of("what is this")).isEmpty();
  }
}
