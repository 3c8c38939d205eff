package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.SuiteProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs that must not start: the exit code and the message, as a person gets them. Each is refused
 * at another moment; what is refused, and why, is proved where the rule is.
 */
@Tag("full")
class RefusalTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static String refused(String simulation, Map<String, String> overrides) {
    try (SuiteProcess run = SuiteProcess.start(simulation, overrides)) {
      assertThat(run.exitCode(LIMIT)).isEqualTo(3);
      assertThat(run.output())
          .as("no stack trace as a message, and no load")
          .doesNotContain("\tat ", "Exception", "Simulation " + simulation + " started");
      return run.output();
    }
  }

  @Test
  void aWrongConfigurationIsRefusedBeforeAnythingStarts() {
    assertThat(refused("Spike", Map.of("kcp.workload", "reed-heavy")))
        .contains("INVALID: The configuration has a problem:")
        .contains("kcp.workload (-D) was 'reed-heavy'; must be one of analytics-dashboard, ")
        .contains("(did you mean read-heavy?)");
  }

  @Test
  void aMachineThatIsTooSmallIsRefusedAndItsBackendIsGone() {
    int port = SuiteProcess.freePort();
    Map<String, String> small =
        Map.of(
            "kcp.generator.work-per-request",
            "1000000",
            "kcp.environment.urls.knowledge",
            "http://127.0.0.1:" + port);
    assertThat(refused("Qps10k", small)).contains("INVALID: ", "kcp.generator");
    // It starts beside Gatling; one that was left behind would still be found, and would not end.
    List<ProcessHandle> left = SuiteProcess.all(line -> line.contains("--port=knowledge=" + port));
    assertThat(left).allMatch(backend -> SuiteProcess.ends(backend, LIMIT));
  }

  @Test
  void productionIsNotLoadedByAccident() {
    String output =
        refused(
            "Spike",
            Map.of(
                "kcp.env", "production",
                "kcp.environment.urls.knowledge", "https://kcp.production.example",
                "kcp.environment.urls.content", "https://kcp.production.example",
                "kcp.environment.urls.support", "https://kcp.production.example",
                "kcp.environment.urls.analytics", "https://kcp.production.example",
                "kcp.environment.urls.auth", "https://kcp.production.example"));
    assertThat(output)
        .contains(
            "INVALID: Environment production is marked production, and this is more than a plain"
                + " Smoke")
        .contains("-Dkcp.confirm-production=production");
  }
}
