package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.testkit.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleEncodingTest {
  @Test
  void asciiCannotPrintTheMessagesAndUtf8Can() {
    assertThat(ConsoleEncoding.canPrint(StandardCharsets.US_ASCII)).isFalse();
    assertThat(ConsoleEncoding.canPrint(StandardCharsets.ISO_8859_1)).isFalse();
    assertThat(ConsoleEncoding.canPrint(StandardCharsets.UTF_8)).isTrue();
  }

  /** Prints one line with a character that ASCII lacks. */
  static final class Printing {
    public static void main(String[] args) {
      if (args.length > 0) {
        ConsoleEncoding.ensure();
      }
      System.out.println("time × 2");
    }
  }

  /** Only a JVM of its own has another locale. */
  private static String printed(String arguments) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Shell.run(
            "'%s' -cp '%s' '%s' %s"
                .formatted(java, ClassPath.ofTheSuite(), Printing.class.getName(), arguments),
            Map.of("LC_ALL", "C"),
            Path.of(""))
        .output();
  }

  @Test
  void aPosixLocalePrintsUtf8OnceTheSuiteHasStarted() throws Exception {
    assertThat(printed("")).isEqualTo("time ? 2\n");
    assertThat(printed("ensure")).isEqualTo("time × 2\n");
  }
}
