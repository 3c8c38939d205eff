package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String TOKEN = "p1anted-<secret>\"&token";

  @AfterEach
  void forget() {
    Secrets.forget(TOKEN);
    Secrets.forget("p0stgr3s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "401: p1anted-<secret>\"&token is not valid",
        "{\"echo\":\"p1anted-<secret>\\\"&token\"}",
        "<td>p1anted-&lt;secret&gt;&quot;&amp;token</td>",
        "GET /?t=p1anted-%3Csecret%3E%22%26token"
      })
  void aKnownSecretIsHiddenInEachSpelling(String text) {
    Secrets.remember(TOKEN);
    assertThat(Secrets.hiddenIn(text)).contains("(secret)").doesNotContain("p1anted");
  }

  @Test
  void aShortSecretIsHiddenAsAWholeWordAndAPlainWordIsNoSecret() {
    Secrets.remember("p0stgr3s");
    Secrets.remember("postgres");
    assertThat(Secrets.hiddenIn("p0stgr3s, p0stgr3sql, postgres"))
        .isEqualTo("(secret), p0stgr3sql, postgres");
  }

  @Test
  void eachOfTenThousandUsersTokensIsHidden() {
    List<String> tokens = IntStream.range(0, 10_000).mapToObj(i -> "eyJhbGci." + i + ".x").toList();
    tokens.forEach(Secrets::remember);
    Secrets.remember(TOKEN);
    assertThat(Secrets.hiddenIn(tokens.get(9_999) + " and " + TOKEN))
        .isEqualTo("(secret) and (secret)");
    tokens.forEach(Secrets::forget);
  }

  @Test
  void aFileIsWrittenWithoutSecrets(@TempDir Path folder) throws IOException {
    Secrets.remember(TOKEN);
    Path file = WholeFile.write(folder.resolve("report.html"), "µ: " + TOKEN + "\n");
    assertThat(Files.readString(file)).isEqualTo("µ: (secret)\n");
  }

  @Test
  void anAnswerDoesNotMoveTheCursor() {
    assertThat(Secrets.printable("a\u001b[2J\u001b]0;title\u0007b\tc\u009b1m\n"))
        .isEqualTo("a?]0;title?b\tc?1m\n");
  }
}
