package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A generator that gets no processor says so, whatever it seems to have measured. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses renice")
@Tag("full")
@Tag("alone")
class StarvedGeneratorTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void aGeneratorWithoutProcessorIsInvalid() throws Exception {
    Map<String, String> overrides =
        Map.of(
            "kcp.time-scale", "0.04",
            "kcp.load-scale", "0.3",
            "kcp.max-in-flight", "3000",
            // However slow this machine: what is asked is what happens under load.
            "kcp.generator.work-per-request", "1",
            "kcp.generator.work-per-answer", "1",
            "kcp.tests.qps10k.stages.0.at-least", "2s");
    List<Process> burners = new ArrayList<>();
    try (SuiteProcess run = SuiteProcess.start("Qps10k", overrides)) {
      run.await("Simulation Qps10k started", LIMIT);
      String pid = String.valueOf(run.handle().pid());
      for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
        burners.add(burner());
      }
      // All its threads: on Linux each has a niceness of its own.
      new ProcessBuilder("sh", "-c", "renice -n 19 -p $(ls /proc/" + pid + "/task)")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(3);
      assertThat(run.output())
          .contains("\nINVALID\n")
          .containsPattern(
              "arrivals were up to|the generator stood still|was kept waiting|watched itself for");
    } finally {
      burners.forEach(Process::destroyForcibly);
    }
  }

  /** Burns a processor while the load lasts, and then ends by itself. */
  private static Process burner() throws IOException {
    return new ProcessBuilder("timeout", "14", "sh", "-c", "while :; do :; done").start();
  }
}
