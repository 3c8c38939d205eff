package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.Printed;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit codes and the words of the command. */
class KcpTest {
  @TempDir private Path folder;

  private record Ended(int code, String output) {}

  private static Ended kcp(String... arguments) {
    AtomicInteger code = new AtomicInteger();
    String output = Printed.by(() -> code.set(Kcp.commandLine().execute(arguments)));
    return new Ended(code.get(), output);
  }

  private RunFolder run(String error) {
    return new SyntheticRun()
        .write(
            folder,
            SyntheticRun.Order.failing(
                (service, second, number) -> service.equals("auth") ? error : ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "preflight"})
  void aTestThatIsNoneOfTheSuitesIsRefusedWithTheirNames(String command) {
    Ended ended = kcp(command, "Spikes");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .startsWith("INVALID: There is no test 'Spikes'; the tests are ")
        .contains("Breakpoint", "Load", "Qps10k", "Smoke", "Soak", "Spike", "Stress");
  }

  @Test
  void aRunWithoutALogIsRefused() {
    System.setProperty("kcp.results-folder", "");
    try {
      Ended ended = kcp("run", "Spike");
      assertThat(ended.code()).isEqualTo(3);
      assertThat(ended.output())
          .contains("kcp.results-folder (-D) was ''; must name a folder here");
    } finally {
      System.clearProperty("kcp.results-folder");
    }
  }

  @Test
  void aRunIsJudgedAgainFromItsFolderAndItsStatusIsThat() {
    String run = run("").path().toString();
    Ended unjudged = kcp("status", run);
    assertThat(unjudged.code()).isEqualTo(3);
    assertThat(unjudged.output()).contains("holds no kcp/summary.json");
    Ended judged = kcp("report", run);
    assertThat(judged.code()).isZero();
    assertThat(judged.output()).startsWith("PASS" + System.lineSeparator());
    assertThat(folder.resolve("kcp/report.html")).isRegularFile();
    assertThat(kcp("status", run)).isEqualTo(new Ended(0, "PASS" + System.lineSeparator()));
  }

  @Test
  void aReasonIsOneAnnotationThoughAnAnswerHasLinesOfItsOwn() throws Exception {
    Files.createDirectories(folder.resolve("kcp"));
    Files.writeString(
        folder.resolve("kcp/summary.json"),
        """
        {"verdict": {"status": "FAIL", "reasons": ["100 % wrong\\r\\n::add-mask::x"]},
         "run": {"simulation": "spike"}, "baseline": [{"outcome": "REGRESSION"}]}
        """);
    Ended status = kcp("status", folder.toString(), "--github");
    assertThat(status.code()).isEqualTo(2);
    assertThat(status.output().lines())
        .containsExactly(
            "::error title=FAIL: spike::100 %25 wrong\\u000D\\u000A::add-mask::x", "FAIL WORSE");
    assertThat(kcp("status", folder.toString()).output().lines()).containsExactly("FAIL WORSE");
  }

  @Test
  void aRunThatFailsAgainHasTheExitCodeOfItsVerdict() {
    Ended judged = kcp("report", run("500 in place of 200").path().toString());
    assertThat(judged.code()).isEqualTo(2);
    assertThat(judged.output()).startsWith("FAIL" + System.lineSeparator());
  }

  @Test
  void aFolderThatIsNoRunIsRefusedInASentence() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    Ended ended = kcp("report", folder.resolve("empty").toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).startsWith("INVALID: ").hasLineCount(1);
  }
}
