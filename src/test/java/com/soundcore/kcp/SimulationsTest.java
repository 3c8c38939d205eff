package com.soundcore.kcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seven tests, really run: short, light, each with a backend of its own. */
class SimulationsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");

  private static Map<String, String> scaled(Map<String, String> more) {
    Map<String, String> overrides = new HashMap<>(more);
    overrides.putIfAbsent("kcp.time-scale", "0.004");
    overrides.putIfAbsent("kcp.load-scale", "0.05");
    overrides.putIfAbsent("kcp.tests.breakpoint.staircase.step", "10000");
    // A busy machine may stall for longer than so few requests last; that is not what is tested.
    overrides.putIfAbsent("kcp.max-in-flight", "2000");
    return overrides;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Smoke", "Load", "Stress", "Spike", "Qps10k", "Soak", "Breakpoint"})
  void everyTestRunsAndAsksEveryService(String simulation) {
    try (SuiteProcess run = SuiteProcess.start(simulation, scaled(Map.of()))) {
      run.exitCode(LIMIT);
      assertThat(run.output()).contains("EMBEDDED", "SCALED", "Reports generated");
      for (String service : SERVICES) {
        assertThat(run.output())
            .contains(service + ": count of all events is greater than 0.0 : true");
      }
      assertThat(run.output()).contains("> request count").doesNotContain("crashed");
      assertThat(errors(run.output())).isZero();
    }
  }

  /** What Gatling counted as failed in its last summary. */
  private static long errors(String output) {
    Matcher matcher = Pattern.compile("> KO +([\\d,]+) ").matcher(output);
    assertThat(matcher.find()).as("Gatling's summary").isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }

  @Test
  void aTestWrittenInUsersRunsInTheOpenModelToo() {
    Map<String, String> open = Map.of("kcp.injection", "open", "kcp.workload", "read-heavy");
    try (SuiteProcess run = SuiteProcess.start("Load", scaled(open))) {
      run.exitCode(LIMIT);
      assertThat(run.output())
          .contains("read-heavy, open model")
          .contains("knowledge: count of all events is greater than 0.0 : true")
          .doesNotContain("auth:");
    }
  }

  @Test
  void arrivalsAboveTheCapFailTheRunAndAreTold() {
    Map<String, String> tight =
        Map.of(
            "kcp.max-in-flight", "1",
            "kcp.tests.qps10k.asserts.rate", "false",
            "kcp.workload", "search-intensive",
            "kcp.services", "knowledge");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", scaled(tight))) {
      assertThat(run.exitCode(LIMIT)).isEqualTo(2);
      assertThat(run.output())
          .containsPattern("shed: [\\d,]+ arrivals at knowledge were not sent")
          .containsPattern(
              "FAIL: [\\d,]+ arrivals were shed; more than 1 requests were in flight \\(kcp.max-in-flight\\)")
          .contains("Reports generated");
    }
  }

  @Test
  void aTargetThatIsMissedFailsTheRun() {
    Map<String, String> overrides = scaled(Map.of());
    overrides.put("kcp.targets.knowledge.p95", "1ms");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", overrides)) {
      assertThat(run.exitCode(LIMIT)).isEqualTo(2);
      assertThat(run.output())
          .containsPattern("knowledge: 95th percentile of response time is less than 1.0 : false");
    }
  }
}
