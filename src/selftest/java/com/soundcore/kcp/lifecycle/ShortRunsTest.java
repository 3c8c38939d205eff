package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.BackendClient;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole runs of a few seconds: what only a process of its own can prove. */
class ShortRunsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern LIVE = Pattern.compile("live +(http://127\\.0\\.0\\.1:\\d+/)");

  private static Map<String, String> properties(String... more) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return SuiteProcess.onAnyMachine(all);
  }

  private static Map<String, String> on(BackendClient system, String... more) {
    Map<String, String> all = properties(more);
    all.put("kcp.env", "local");
    all.putAll(system.urls());
    return all;
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static String found(String regex, String output) {
    Matcher matcher = Pattern.compile(regex).matcher(output);
    assertThat(matcher.find()).as(regex + " in:\n" + output).isTrue();
    return matcher.group(1);
  }

  /** All from the line that is its verdict. */
  private static List<String> lastWords(String verdict, SuiteProcess run) {
    List<String> lines = run.output().stripTrailing().lines().toList();
    assertThat(lines).contains(verdict);
    return lines.subList(lines.lastIndexOf(verdict), lines.size());
  }

  private static List<String> written(SuiteProcess run) throws IOException {
    try (Stream<Path> files = Files.list(run.folder().resolve("kcp"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void usersOnASystemThatIsThereAlreadyPassAreShownLiveAndReported() throws Exception {
    try (BackendClient system = new BackendClient(2000, false);
        SuiteProcess run =
            SuiteProcess.start("Smoke", on(system, "kcp.tests.smoke.stages.1.hold", "8s"))) {
      run.await("kcp 0:05 of 0:09 · hold 10 · 10 users", LIMIT);
      String live = found(LIVE.pattern(), run.output());
      assertThat(get(live)).contains("<title>smoke on local</title>");
      JsonNode tick = json(get(live + "history")).path("tick");
      assertThat(tick.path("plannedUsers").asInt()).isEqualTo(10);
      assertThat(tick.at("/all/soFar/answered").asInt()).isGreaterThanOrEqualTo(50);
      assertThat(tick.at("/all/soFar/failed").asInt(-1)).isZero();
      assertThat(get(live + "metrics")).contains("\nkcp_planned_users 10.0\n");

      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(lastWords("PASS", run))
          .containsSubsequence(
              "  35 of 36 gates held, 1 not proved",
              "  verdict  " + run.folder().resolve("kcp/report.html").toUri(),
              "  details  " + run.folder().resolve("index.html").toUri())
          .noneMatch(line -> line.contains("EMBEDDED"));
      assertThat(written(run))
          .containsExactlyInAnyOrder(
              "examples.json",
              "histograms.hlog",
              "junit.xml",
              "report.html",
              "resources.json",
              "run.json",
              "simulation.log.crc32c",
              "summary.json",
              "summary.md");
      assertThat(run.folder().resolve("index.html")).isRegularFile();
      long counted = 0;
      JsonNode summary = json(Files.readString(run.folder().resolve("kcp/summary.json")));
      Path log = new RunFolder(run.folder()).log();
      assertThat(LogReader.isOf(summary.at("/run/id").asText(), log)).isTrue();
      for (JsonNode service : summary.path("services")) {
        counted += service.path("requests").asLong();
      }
      String gatlings = found("> request count +\\| +([\\d,]+) ", run.output());
      assertThat(counted).isEqualTo(Long.parseLong(gatlings.replace(",", "")));
    }
  }

  @Test
  void arrivalsOnTheEmbeddedBackendPassAndItEndsWithTheRun() {
    Map<String, String> open =
        properties(
            "kcp.services", "knowledge,analytics",
            "kcp.load-scale", "0.02",
            "kcp.gatling-report", "when-failed",
            "kcp.tests.qps10k.stages.0.over", "2s",
            "kcp.tests.qps10k.stages.0.at-least", "2s",
            "kcp.tests.qps10k.stages.1.hold", "7s",
            // A slow machine would miss the targets; that they hold is proved elsewhere.
            "kcp.rate-tolerance", "50%",
            "kcp.targets.knowledge.p95", "20s",
            "kcp.targets.analytics.p95", "20s",
            "kcp.tests.qps10k.asserts.p95", "20s");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", open)) {
      run.await("Simulation Qps10k started", LIMIT);
      List<ProcessHandle> backends = run.descendants(line -> line.contains("BackendProgram"));
      assertThat(backends).hasSize(1);
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(SuiteProcess.ends(backends.get(0), LIMIT)).isTrue();
      assertThat(lastWords("PASS", run))
          .containsSubsequence(
              "  EMBEDDED: the backend that comes with the suite was measured",
              "  SCALED: time × 1.0, load × 0.02; says nothing of the unscaled test",
              "  verdict  " + run.folder().resolve("kcp/report.html").toUri(),
              "  details  Gatling's report was left out (kcp.gatling-report); later: mvn"
                  + " gatling:test -Dgatling.reportsOnly="
                  + run.folder().getFileName())
          .anyMatch(line -> line.matches("  \\d+ of 54 gates held, \\d+ not proved"));
      assertThat(run.folder().resolve("index.html")).doesNotExist();
    }
  }

  @Test
  void errorsAndWrongAnswersToTheUsersOfASpikeFailIt() {
    try (BackendClient system =
            BackendClient.soundAtFirst(
                fault("support", "errors"), fault("analytics", "wrong-content"));
        SuiteProcess run =
            SuiteProcess.start(
                "Spike",
                on(
                    system,
                    "kcp.services",
                    "support,analytics",
                    "kcp.load-scale",
                    "0.02",
                    "kcp.think-time.min",
                    "100ms",
                    "kcp.think-time.max",
                    "200ms",
                    "kcp.tests.spike.stages.0.over",
                    "1s",
                    "kcp.tests.spike.stages.1.hold",
                    "1s",
                    "kcp.tests.spike.stages.2.over",
                    "1s",
                    "kcp.tests.spike.stages.3.hold",
                    "5s",
                    "kcp.tests.spike.stages.4.over",
                    "1s",
                    "kcp.tests.spike.stages.5.hold",
                    "1s",
                    "kcp.tests.spike.stages.6.over",
                    "1s"))) {
      // The preflight would refuse what is not sound.
      run.await("Simulation Spike started", LIMIT);
      system.loadStarts();
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(2);
      String said = String.join("\n", lastWords("FAIL", run));
      assertThat(said)
          .containsPattern(
              "\n"
                  + "  all must have fewer errors than 1 %: [3-6]\\d\\.?\\d* % \\([\\d,]+ of"
                  + " [\\d,]+\\);")
          .containsPattern("\n  no answer may have the wrong content: [1-9][\\d,]* had \\(n = ")
          .containsSubsequence(
              "\n  finding  support: Errors of the server",
              "status, 500 in place of 200\n",
              "\n  finding  analytics: Wrong content under a right status",
              "\n  verdict  " + run.folder().resolve("kcp/report.html").toUri());
      assertThat(run.folder().resolve("index.html")).isRegularFile();
    }
  }

  private static PlantedFault fault(String service, String kind) {
    return new PlantedFault(service, kind, "", 0, Long.MAX_VALUE, 0, 0.5, 0, 0, 0);
  }
}
