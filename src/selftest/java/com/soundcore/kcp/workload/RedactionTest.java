package com.soundcore.kcp.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\": \"S3CR3T\"}",
        "{\"access_token\": \"abc\\\"S3CR3T\"}",
        "{\"detail\": \"{\\\"token\\\": \\\"S3CR3T\\\"}\"}",
        "{\"tokens\": [\"S3CR3T\"]}",
        "{\"session_id\": 1S3CR3T}",
        "invalid password: S3CR3T",
        "/login?user=a&token=S3CR3T&b=c",
        "<dt>Cookie: S3CR3T; path=/</dt>",
        "Authorization: Bearer S3CR3T",
        "no rights for bearer 0S3CR3T.",
        "basic dXNlcjpS3CR3T=",
        "for eyJS3CR3T.eyJhbGciOi.c2ln",
        "apiKey='S3CR3T'",
        "Authorization: Token S3CR3T",
        "Cookie: a=1; sid=S3CR3T",
        "somewhere KNOWN-S3CR3T-VALUE stands"
      })
  void whatLooksLikeASecretIsHidden(String text) {
    assertThat(Redaction.of(text, List.of("KNOWN-S3CR3T-VALUE")))
        .doesNotContain("S3CR3T")
        .contains("(secret)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_", "eyJ.", "\\\"", "a", "token\":\"x", "Bearer "})
  @Timeout(10)
  void whatEverAServerSendsCostsNeitherTimeNorStack(String piece) {
    String hostile = "\"token\": \"" + piece.repeat(5000);
    assertThat(Redaction.of(hostile, List.of())).contains("(secret)");
    assertThat(Redaction.of(piece.repeat(5000), List.of()))
        .startsWith(Redaction.of(piece.repeat(50), List.of()).substring(0, 10 * piece.length()));
  }

  @Test
  void theRestOfTheAnswerStays() {
    for (String text :
        List.of(
            "{\"detail\": \"The basic information is missing\", \"count\": 3}",
            "the bearer of bad news",
            "<h1>502 Bad Gateway</h1>",
            "{\"title\": \"Reset your card\"}")) {
      assertThat(Redaction.of(text, List.of())).isEqualTo(text);
    }
    assertThat(Redaction.of("{\"token\": \"x\", \"detail\": \"gone\"}", List.of()))
        .isEqualTo("{\"token\": (secret), \"detail\": \"gone\"}");
  }
}
