package com.soundcore.kcp.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server or a database says stays text in a job's summary. */
class MarkdownTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</td><script>alert(1)</script>",
        "<img src=//evil.example/x onerror=alert(1)>",
        "![x](https://evil.example/beacon.png)",
        "[click](javascript:alert(1))",
        "`code` **bold** _it_ ~~no~~ | a | row |",
        "&lt;script&gt; &#60;b&#62;",
        "\\[x\\](y)"
      })
  void nothingThatMarkdownOrHtmlWouldActUponIsLeft(String hostile) {
    String text = MarkdownText.of(hostile);
    assertThat(text).isNotBlank();
    assertThat(text.replaceAll("\\\\.", "")).doesNotContain("`", "*", "_", "[", "]", "|", "~");
    assertThat(text.replaceAll("&(amp|lt|gt);", "")).doesNotContain("<", ">", "&");
  }

  @Test
  void aLineBreakEndsNoLineAndNothingTurnsTheTextAround() {
    assertThat(MarkdownText.of("a\r\n# b\u202Egnp\u0000\u2028c"))
        .isEqualTo("a\\\\u000D\\\\u000A# b\\\\u202Egnp\\\\u0000\\\\u2028c");
  }

  @Test
  void aLineOfAMegabyteIsCut() {
    assertThat(MarkdownText.of("x".repeat(1_000_000))).hasSizeLessThan(1100).endsWith("…");
  }

  @Test
  void plainSentencesStayReadable() {
    String plain = "p95 734 ms (n = 5,800); 48.9 % of the calls, at 0:35: ≥ 300 ms #1";
    assertThat(MarkdownText.of(plain)).isEqualTo(plain.replace(">", "&gt;"));
  }
}
