package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that must not start: the exit code and the message, as a person gets them. */
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
  void aMistypedWorkloadListsTheWorkloads() {
    assertThat(refused("Spike", Map.of("kcp.workload", "reed-heavy")))
        .contains("INVALID: The configuration has a problem:")
        .contains("kcp.workload (-D) was 'reed-heavy'; must be one of analytics-dashboard, ")
        .contains("(did you mean read-heavy?)");
  }

  @Test
  void aRunUnderMavenThatWouldKeepNoLogCouldNotBeJudged() {
    assertThat(refused("Smoke", Map.of("kcp.results-folder", "", "kcp.stop-with-parent", "true")))
        .contains("kcp.results-folder (-D) was ''; must name a folder under Maven");
  }

  @Test
  void gatlingsConsoleInPlaceOfItsLogCouldNotBeJudged() {
    assertThat(refused("Smoke", Map.of("gatling.data.writers.1", "console")))
        .contains(
            "gatling.data.writers (-D or conf/gatling.conf) was [console]; must have 'file' among");
    assertThat(refused("Smoke", Map.of("gatling.data.writers.0", "console"))).contains("[console]");
  }

  @Test
  void aMachineThatIsTooSmallIsRefusedAndItsBackendIsGone() {
    int port = SuiteProcess.freePort();
    Map<String, String> small =
        Map.of(
            "kcp.generator.cpu-per-request",
            "1s",
            "kcp.environment.urls.knowledge",
            "http://127.0.0.1:" + port);
    assertThat(refused("Qps10k", small)).contains("INVALID: ", "kcp.generator");
    // It starts beside Gatling; one that was left behind would still be found, and would not end.
    List<ProcessHandle> left = SuiteProcess.all(line -> line.contains("--port=knowledge=" + port));
    assertThat(left).allMatch(backend -> SuiteProcess.ends(backend, LIMIT));
  }

  @Test
  void aTakenPortNamesThePortAndWhoMayHaveIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + taken.getLocalPort();
      boolean isLinux = Files.isReadable(Path.of("/proc/net/tcp"));
      assertThat(refused("Smoke", Map.of("kcp.environment.urls.knowledge", url)))
          .contains(
              "INVALID: The embedded backend did not start: port %d (knowledge) is taken"
                  .formatted(taken.getLocalPort()))
          .contains(isLinux ? "by process " + ProcessHandle.current().pid() : "")
          .contains("If another run on this machine is using them");
    }
  }

  @Test
  void soDoesThatOfItsDatabase() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> properties =
          Map.of(
              "kcp.backend.store",
              "postgres",
              "kcp.backend.postgres.port",
              String.valueOf(taken.getLocalPort()));
      assertThat(refused("Smoke", properties))
          .contains(
              "INVALID: The embedded backend did not start: port %d (PostgreSQL) is taken"
                  .formatted(taken.getLocalPort()))
          .contains("kcp.backend.postgres.port");
    }
  }

  @Test
  void anotherResultsFolderThanGatlingsIsRefusedBeforeTheLoad() {
    assertThat(refused("Smoke", Map.of("kcp.results-folder", "target/elsewhere")))
        .contains(
            "kcp.results-folder (-D) was 'target/elsewhere'; must be where Gatling writes its log")
        .contains("kcp run <Test> -Dkcp.results-folder=target/elsewhere");
  }

  @Test
  void aStageThatIsTwoThingsIsOneProblem() {
    assertThat(refused("Smoke", Map.of("kcp.tests.smoke.stages.0.hold", "10")))
        .contains("kcp.tests.smoke.stages[0] is a ramp and a hold at once")
        .contains("The stages that hold are kcp.tests.smoke.stages[1]")
        .doesNotContain("hardcoded", "is not a key");
  }

  @Test
  void aBaselineThatIsNotThereIsRefused() {
    assertThat(refused("Spike", Map.of("kcp.baseline", "target/nosuch")))
        .contains("kcp.baseline was 'target/nosuch'; must be the folder of an earlier run");
  }

  @Test
  void aPropertyWithoutAnyEffectIsRefused() {
    assertThat(
            refused(
                "Qps10k",
                Map.of(
                    "kcp.tests.spike.stages.1.hold", "2m",
                    "kcp.think-time.min", "1s",
                    "kcp.expected-response-time", "30ms")))
        .contains(
            "kcp.tests.spike.stages.1.hold (-D) has no effect on qps10k: it is another test's")
        .contains("kcp.think-time.min (-D) has no effect on qps10k: it has no users that think")
        .contains("kcp.expected-response-time (-D) has no effect on qps10k");
  }

  @Test
  void nothingListeningNamesAllFiveServices() {
    assertThat(refused("Spike", Map.of("kcp.env", "local")))
        .contains("INVALID: Preflight of local: 5 of 5 checks failed. No load was sent.")
        .contains("knowledge", "content", "support", "analytics", "auth", "connection refused");
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
            "INVALID: Environment production is marked production, and this is more than a plain Smoke")
        .contains("-Dkcp.confirm-production=production");
  }
}
