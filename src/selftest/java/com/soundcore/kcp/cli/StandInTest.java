package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.StandIn;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The suite on services that share no code with it: FastAPI on PostgreSQL, with two workers each.
 */
@Tag("full")
class StandInTest {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String PLACEHOLDERS =
      "auth / login,auth / register,auth / refresh,auth / verify";

  @Test
  void anEmptyDeploymentIsFilledAndJudged(@TempDir Path folder) {
    try (StandIn services = new StandIn(folder, 2, Map.of())) {
      assertThat(smoke(services))
          .contains("INVALID: Preflight of local", "seed local", "auth / login")
          .contains(
              "Not built yet", "-Dkcp.placeholders=\"auth / login,auth / refresh,auth / verify\"");
      assertThat(services.fill())
          .isEqualTo("60 products and 1,200 items are there, counted again.");
      assertThat(smoke(services, "kcp.placeholders", PLACEHOLDERS))
          .contains("judged    PASS", "DEVELOPMENT: analytics, auth, content, knowledge, support (")
          .contains("PLACEHOLDER: auth / login, auth / refresh, auth / verify (")
          .contains(
              "support / conversations (the same \"conversations\" in the answers to 4 different"
                  + " questions)");
    }
  }

  private static String smoke(StandIn services, String... more) {
    Map<String, String> overrides = new HashMap<>(services.urls());
    overrides.put("kcp.env", "local");
    overrides.put("kcp.tests.smoke.stages.1.hold", "10s");
    for (int i = 0; i < more.length; i += 2) {
      overrides.put(more[i], more[i + 1]);
    }
    // PASS is asserted, and a slow machine would make it INVALID.
    try (SuiteProcess run = SuiteProcess.start("Smoke", SuiteProcess.onAnyMachine(overrides))) {
      run.exitCode(LIMIT);
      return run.output();
    }
  }
}
