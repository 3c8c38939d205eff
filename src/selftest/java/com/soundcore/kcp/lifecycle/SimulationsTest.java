package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seven tests, really run: short, light, each with a backend of its own. */
@Tag("full")
class SimulationsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");

  // Handles every request a second time: off.
  private static final String GATLINGS_CONSOLE = "---- Requests ----";

  private static Map<String, String> scaled(String simulation, Map<String, String> more) {
    Map<String, String> overrides = new HashMap<>(more);
    // Which of them is another test's would be refused.
    switch (simulation) {
      case "Breakpoint" -> overrides.putIfAbsent("kcp.tests.breakpoint.staircase.step", "10000");
      case "Qps10k" -> overrides.putIfAbsent("kcp.tests.qps10k.stages.0.at-least", "2s");
      default -> {
        // as it is written
      }
    }
    overrides.putIfAbsent("kcp.time-scale", "0.002");
    overrides.putIfAbsent("kcp.load-scale", "0.05");
    // A busy machine may stall for longer than so few requests last; that is not what is tested.
    overrides.putIfAbsent("kcp.max-in-flight", "2000");
    return overrides;
  }

  /** Long enough for a verdict: 9 s at 1,000 requests per second. */
  private static Map<String, String> judged(Map<String, String> more) {
    Map<String, String> overrides = new HashMap<>(more);
    overrides.put("kcp.time-scale", "0.03");
    overrides.put("kcp.load-scale", "0.1");
    // PASS or FAIL is asserted, and a slow machine would make it INVALID.
    return SuiteProcess.onAnyMachine(scaled("Qps10k", overrides));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Smoke", "Load", "Stress", "Spike", "Qps10k", "Soak", "Breakpoint"})
  void everyTestRunsAndAsksEveryService(String simulation) {
    try (SuiteProcess run = SuiteProcess.start(simulation, scaled(simulation, Map.of()))) {
      run.exitCode(LIMIT);
      assertThat(run.output())
          .contains("EMBEDDED", "SCALED", "Reports generated", "kcp/report.html");
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
    try (SuiteProcess run = SuiteProcess.start("Load", scaled("Load", open))) {
      run.exitCode(LIMIT);
      assertThat(run.output())
          .contains("read-heavy, open model")
          .contains("knowledge: count of all events is greater than 0.0 : true")
          .doesNotContain("auth:");
    }
  }

  @Test
  void aHealthyRunPasses() {
    // Warm before it is judged: the machine that runs this may be slow.
    Map<String, String> warm = Map.of("kcp.tests.qps10k.stages.0.at-least", "10s");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", judged(warm))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output())
          .contains("\nPASS\n  EMBEDDED: ", "kcp/report.html")
          .containsPattern("\\n  \\d+ of \\d+ gates held, \\d+ not proved\\n");
      // Nobody has to wait for Gatling's own report to know it.
      assertThat(run.output())
          .containsSubsequence(
              "\n  judged    PASS, in file:",
              "EMBEDDED: ",
              "final once Gatling has written its own report",
              "Parsing log file",
              "Reports generated",
              "\nPASS\n");
      assertThat(run.output())
          .containsPattern("\\nkcp \\d:\\d\\d of ")
          .doesNotContain(GATLINGS_CONSOLE);
      // Gatling and this suite have counted the same in the same log.
      JsonNode summary = newestSummary("qps10k");
      assertThat(summary.path("verdict").path("status").asText()).isEqualTo("PASS");
      long requests = 0;
      for (JsonNode service : summary.path("services")) {
        requests += service.path("requests").asLong();
      }
      assertThat(requests).isEqualTo(gatlings("request count", run.output()));
      for (String service : SERVICES) {
        long p95 = summary.path("services").path(service).path("p95Ms").asLong();
        assertThat(p95).isCloseTo(gatlingsP95(service, run.output()), within(1L));
      }
      assertThat(summary.path("timeline").size()).isGreaterThanOrEqualTo(10);
    }
  }

  /** A figure of Gatling's last summary. */
  private static long gatlings(String figure, String output) {
    Matcher matcher = Pattern.compile("> " + figure + " +\\| +([\\d,]+) ").matcher(output);
    assertThat(matcher.find()).as("Gatling's summary").isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }

  /** What Gatling's own assertion measured of a service. */
  private static long gatlingsP95(String service, String output) {
    Matcher matcher =
        Pattern.compile(service + ": 95th percentile of response time .*\\(actual : (\\d+)")
            .matcher(output);
    assertThat(matcher.find()).as("Gatling's assertion on " + service).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static JsonNode newestSummary(String simulation) {
    try (Stream<Path> folders = Files.list(SuiteProcess.RESULTS)) {
      Path newest =
          folders
              .filter(path -> path.getFileName().toString().startsWith(simulation + "-"))
              .max(Comparator.comparing(path -> path.getFileName().toString()))
              .orElseThrow();
      return new ObjectMapper().readTree(newest.resolve("kcp/summary.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void arrivalsAboveTheCapFailTheRunAndAreReported() {
    Map<String, String> tight =
        Map.of(
            "kcp.max-in-flight", "1",
            "kcp.workload", "search-intensive",
            "kcp.services", "knowledge");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", judged(tight))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(2);
      assertThat(run.output())
          .contains(
              "PARTIAL: only knowledge of analytics, auth, content, knowledge, support; says"
                  + " nothing of the others, nor of all together",
              "PARTIAL: workload search-intensive in place of mixed")
          .containsPattern("shed: [\\d,]+ arrivals at knowledge were dropped at the cap")
          .containsPattern("\\nFAIL\\n")
          .containsPattern(
              "no arrival may be dropped at the cap of 1 requests in flight: [\\d,]+ were")
          .contains("Reports generated");
    }
  }

  @Test
  void aTargetThatIsMissedFailsTheRun() {
    // To its end: what is stopped early has too few samples for its other gates.
    Map<String, String> strict =
        Map.of(
            "kcp.targets.knowledge.p95", "1ms",
            "kcp.early-stop.lost-gates", "false",
            "kcp.gatling-report", "when-failed");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", judged(strict))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(2);
      assertThat(run.output())
          .containsPattern(
              "\\nFAIL\\n(?:  .*\\n)*  knowledge p95 must be < 1 ms: [\\d,]+ ms \\(n = [\\d,]+\\)")
          .contains("knowledge: 95th percentile of response time is less than 1.0 : false");
      assertThat(run.folder().resolve("index.html")).exists();
    }
  }

  @Test
  void aPassNeedsNoReportOfGatlings() {
    Map<String, String> overrides =
        Map.of("kcp.services", "support", "kcp.gatling-report", "when-failed");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", judged(overrides))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output())
          .contains("\n  judged    PASS, in ")
          .containsOnlyOnce("\nPASS\n")
          .contains("-Dgatling.reportsOnly=" + run.folder().getFileName())
          .doesNotContain("once Gatling has written");
      assertThat(run.folder().resolve("kcp/report.html")).exists();
      assertThat(run.folder().resolve("index.html")).doesNotExist();
    }
  }

  @Test
  void wrongContentUnderStatus200FailsTheRun() {
    // Right when the preflight looks, after one text was generated; wrong from the next one on.
    Map<String, String> overrides =
        judged(
            Map.of(
                "kcp.services", "content",
                "kcp.include-costly", "true",
                "kcp.api.content.operations.history.contains.1", "\"total\":1}"));
    try (SuiteProcess run = SuiteProcess.start("Qps10k", overrides)) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(2);
      assertThat(run.output())
          .containsPattern("no answer may have the wrong content: [1-9][\\d,]* had")
          .contains("ALTERED: kcp.api.content.operations.history.contains.1=");
    }
  }

  @Test
  void aRunTooShortToJudgeIsInvalid() {
    // With both of Gatling's writers, as the README says.
    Map<String, String> both =
        Map.of("gatling.data.writers.0", "file", "gatling.data.writers.1", "console");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", scaled("Qps10k", both))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(3);
      assertThat(run.output()).contains("\nINVALID\n", "cannot be judged", GATLINGS_CONSOLE);
    }
  }
}
