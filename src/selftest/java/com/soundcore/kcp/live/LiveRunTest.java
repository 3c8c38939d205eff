package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is counted and decided while a real run runs. */
@Tag("full")
class LiveRunTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static Map<String, String> short100PerSecond(String... more) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("kcp.time-scale", "0.03");
    overrides.put("kcp.load-scale", "0.05");
    overrides.put("kcp.max-in-flight", "2000");
    for (int i = 0; i < more.length; i += 2) {
      overrides.put(more[i], more[i + 1]);
    }
    // FAIL is asserted, and a slow machine would make it INVALID.
    return SuiteProcess.onAnyMachine(overrides);
  }

  private static JsonNode written(SuiteProcess run, String file) throws IOException {
    return new ObjectMapper().readTree(new File(run.folder().toFile(), "kcp/" + file));
  }

  @Test
  void itCountsWhatTheLogCountsFailuresAndTimeoutsIncluded() throws IOException {
    Map<String, String> overrides =
        short100PerSecond(
            "kcp.early-stop.lost-gates", "false",
            "gatling.http.requestTimeout", "1500",
            "kcp.backend.faults",
                "[{ service = support, kind = hang, share = 5% },"
                    + " { service = auth, kind = reset, share = 10% },"
                    + " { service = content, kind = errors, share = 20% },"
                    + " { service = analytics, kind = wrong-content, share = 20% }]");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", overrides)) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(2);
      // A verdict on a log that lacks one of the calls would be INVALID.
      JsonNode counted = written(run, "run.json").path("end").path("answered");
      JsonNode logged = written(run, "summary.json").path("requests");
      assertThat(counted).hasSameSizeAs(logged).isNotEmpty();
      long failed = 0;
      for (Iterator<String> names = logged.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        long ok =
            logged.path(name).path("requests").asLong() - logged.path(name).path("failed").asLong();
        assertThat(counted.path(name).path("ok").asLong()).as(name).isEqualTo(ok);
        assertThat(counted.path(name).path("failed").asLong())
            .as(name)
            .isEqualTo(logged.path(name).path("failed").asLong());
        failed += counted.path(name).path("failed").asLong();
      }
      assertThat(failed).isGreaterThan(100);
      JsonNode errors = written(run, "summary.json").path("errors");
      assertThat(errors.toString())
          .contains(
              "Request timeout", "500 in place of 200", "no \\\"total_users\\\": in the answer");
    }
  }

  @Test
  void aServiceThatOnlyFailsEndsTheLoad() {
    Map<String, String> overrides =
        short100PerSecond(
            "kcp.time-scale", "1",
            "kcp.early-stop.lost-gates", "false",
            "kcp.early-stop.only-errors-for", "3s",
            "kcp.backend.faults", "[{ service = auth, kind = errors, share = 100%, from = 2s }]");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", overrides)) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(2);
      assertThat(run.output())
          .contains("kcp stops the load: auth has answered nothing but errors for 3 s")
          .containsPattern(
              "\nFAIL\n(  .*\n)*  the load was stopped after \\d+ s: auth has answered")
          .contains("Reports generated", "FAULTS PLANTED: errors at auth from 2 s");
    }
  }

  @Test
  void aGateThatCannotBeMendedEndsTheLoad() {
    Map<String, String> overrides =
        short100PerSecond(
            "kcp.tests.qps10k.stages.0.over", "15s",
            "kcp.tests.qps10k.stages.1.hold", "60s",
            "kcp.time-scale", "1",
            "kcp.backend.faults", "[{ service = support, kind = errors, share = 30% }]");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", overrides)) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(2);
      assertThat(run.output())
          .contains("kcp stops the load: ", "errors < ", "can no longer be met")
          .containsPattern("\nFAIL\n(  .*\n)*  the load was stopped after \\d+ s: ");
    }
  }
}
