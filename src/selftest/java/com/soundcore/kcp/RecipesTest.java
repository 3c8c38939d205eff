package com.soundcore.kcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.backend.Backend;
import com.soundcore.kcp.backend.BackendSettings;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.finding.shared.Degradation;
import com.soundcore.kcp.finding.shared.SharedCause;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.injection.Share;
import com.soundcore.kcp.lifecycle.AnnouncementFixture;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.FollowedRecipes;
import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.PatchedSuite;
import com.soundcore.kcp.testkit.Recipe;
import com.soundcore.kcp.testkit.SyntheticDatabase;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.Limit;
import com.soundcore.kcp.workload.TrafficMix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Follows the recipes of extending.md on a copy of the suite. A class that is a {@code Function}
 * here is what is asked of the copy: it is loaded beside the changed classes, and gets a folder.
 */
class RecipesTest {
  private static final String QPS10K = "qps10k";

  @TempDir private static Path folder;

  private static PatchedSuite suite;

  /** One copy that follows all of them: most of the time goes into compiling it. */
  @BeforeAll
  static void follow() {
    suite = FollowedRecipes.in(folder);
  }

  @AfterAll
  static void close() throws IOException {
    suite.close();
  }

  static List<String> titles() {
    return FollowedRecipes.TITLES;
  }

  @ParameterizedTest
  @MethodSource("titles")
  void aRecipeNamesEveryFileThatItChanges(String title) {
    assertThat(Recipe.of(title).unnamed(suite.files(title))).isEmpty();
  }

  private static KcpConfig config() {
    return ConfigLoader.load(new Properties());
  }

  private static Object answerOf(String service, String path, PlantedFault... faults) {
    Backend backend =
        Backend.start(
            new BackendSettings(
                Map.of(service, 0),
                7,
                5,
                2,
                1,
                1,
                9,
                2,
                Duration.ofSeconds(5),
                false,
                Optional.empty(),
                false,
                List.of(faults)));
    try {
      backend.loadStarts();
      URI uri = URI.create("http://127.0.0.1:" + backend.ports().get(service) + path);
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      backend.close();
    }
  }

  @Test
  void everyNameOnThePageIsThere() {
    for (Recipe recipe : Recipe.all()) {
      assertThat(recipe.unresolved()).as(recipe.title()).isEmpty();
    }
    assertThat(Recipe.all())
        .extracting(Recipe::title)
        .containsAll(FollowedRecipes.TITLES)
        .contains("Change what counts as steady")
        .hasSize(9);
  }

  static final class BillingPlan implements Function<Path, List<String>> {
    @Override
    public List<String> apply(Path folder) {
      KcpConfig config = config();
      TrafficMix mix = TrafficMix.of(config, config.workloadOf(config.tests().get(QPS10K)));
      Plan plan = new Plan(config, config.tests().get(QPS10K), mix);
      double share =
          plan.plannedRequests("billing", Share.WHOLE) / plan.plannedRequests(Share.WHOLE);
      List<Limit> limits =
          Judge.limitsOf(config, config.tests().get(QPS10K).asserts()).get("billing");
      return List.of(
          config.serviceNames().toString(),
          "%.3f".formatted(share),
          limits.stream().map(Limit::required).toList().toString(),
          AnnouncementFixture.of(config, QPS10K),
          AnnouncementFixture.of(config, "smoke"),
          ConfigLoader.withEnvironment(
                  "cluster", Recipe.read(folder.resolve(FollowedRecipes.CLUSTER)))
              .environment()
              .urls()
              .get("billing")
              .toString(),
          String.valueOf(answerOf("billing", "/api/v1/billing/invoice")));
    }
  }

  @Test
  void aServiceIsPlannedAnnouncedJudgedAndServed() {
    List<?> answers = (List<?>) suite.ask(BillingPlan.class);
    assertThat(answers.get(0)).isEqualTo("[knowledge, content, support, analytics, auth, billing]");
    assertThat(answers.get(1)).isEqualTo("0.050");
    assertThat(answers.get(2)).isEqualTo("[p95 < 250 ms, errors < 1 %]");
    assertThat(answers.get(3).toString())
        .containsPattern("billing +about [0-9,]+ requests to http://127.0.0.1:18007");
    assertThat(answers.get(4).toString())
        .containsPattern("billing +about [0-9,]+ requests to http://127.0.0.1:18007");
    assertThat(answers.get(5)).isEqualTo("http://billing.kcp.svc:8006");
    assertThat(answers.get(6)).isEqualTo("200 {\"total\":7}");
  }

  static final class Percentiles implements Function<Path, List<String>> {
    @Override
    public List<String> apply(Path folder) {
      KcpConfig config = config();
      Map<String, List<Limit>> limits =
          Judge.limitsOf(config, config.tests().get("load").asserts());
      return List.of(
          limits.get("knowledge").stream().map(Limit::required).toList().toString(),
          limits.get("all").stream().map(Limit::required).toList().toString(),
          RunJudge.judge(healthyRun(folder), config).verdict().gates().stream()
              .map(gate -> gate.id() + " " + gate.required() + " " + gate.status())
              .filter(gate -> gate.contains("p99.9"))
              .toList()
              .toString());
    }
  }

  private static RunFolder healthyRun(Path folder) {
    return new SyntheticRun().write(folder.resolve("run"), new SyntheticRun.Order() {});
  }

  @Test
  void aPercentileInTheConfigurationIsAGate() {
    List<?> answers = (List<?>) suite.ask(Percentiles.class);
    assertThat(answers.get(0)).isEqualTo("[p95 < 300 ms, p99.9 < 800 ms, errors < 0.1 %]");
    assertThat(answers.get(1)).isEqualTo("[errors < 1 %, p95 < 500 ms, p99.9 < 3000 ms]");
    assertThat(answers.get(2)).isEqualTo("[knowledge.p99.9 p99.9 < 800 ms NOT_PROVED]");
  }

  static final class Reports implements Function<Path, Map<String, String>> {
    @Override
    public Map<String, String> apply(Path folder) {
      RunFolder run = healthyRun(folder);
      JudgedRun judged = RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
      return Map.of(
          "status", judged.verdict().status().name(),
          "summary.json", Recipe.read(run.file("summary.json")),
          "junit.xml", Recipe.read(run.file("junit.xml")),
          "summary.md", Recipe.read(run.file("summary.md")),
          "report.html", Recipe.read(run.file("report.html")),
          "gates.csv",
              Files.exists(run.file("gates.csv")) ? Recipe.read(run.file("gates.csv")) : "");
    }
  }

  @Test
  void aGateOfAnotherKindIsInEveryReport() {
    Map<?, ?> reports = (Map<?, ?>) suite.ask(Reports.class);
    assertThat(reports.get("status")).isEqualTo("FAIL");
    for (String file : List.of("summary.json", "junit.xml", "summary.md", "report.html")) {
      assertThat(reports.get(file).toString()).as(file).contains("the run must be a small one");
    }
  }

  @Test
  void aFormatIsWrittenBesideTheOthers() {
    Map<?, ?> reports = (Map<?, ?>) suite.ask(Reports.class);
    assertThat(reports.get("gates.csv").toString().lines())
        .hasSize(43)
        .contains("knowledge.p95,PASS", "auth.errors,NOT_PROVED");
    assertThat(reports.get("summary.md").toString()).contains("PASS");
  }

  static final class Teapot implements Function<Path, List<String>> {
    @Override
    public List<String> apply(Path folder) {
      Fault fault = config().backend().faults().get(0);
      PlantedFault planted =
          new PlantedFault(
              fault.service(), fault.kindName(), "", 0, 60_000, 0, fault.share(), 0, 0, 0);
      return List.of(
          fault.text(), String.valueOf(answerOf("content", "/api/v1/content/history", planted)));
    }
  }

  @Test
  void aFaultSpoilsTheAnswersOfItsService() {
    assertThat(suite.ask(Teapot.class))
        .isEqualTo(List.of("teapot at content", "418 {\"detail\":\"I am a teapot\"}"));
  }

  static final class Vacuum implements Function<Path, List<Boolean>> {
    @Override
    public List<Boolean> apply(Path folder) {
      return List.of(
          Fault.Kind.valueOf("VACUUM").ofTheDatabase(), Fault.Kind.valueOf("SLOW").ofTheDatabase());
    }
  }

  @Test
  void aFaultOfTheDatabaseIsPlantedThere() {
    assertThat(suite.ask(Vacuum.class)).isEqualTo(List.of(true, false));
  }

  static final class NightlyJob implements Function<Path, List<String>> {
    @Override
    public List<String> apply(Path folder) {
      config();
      SyntheticDatabase seen = new SyntheticDatabase();
      seen.add(0, 30, Map.of("running", 0.4), List.of(), List.of());
      seen.add(30, 60, Map.of("running", 0.4), List.of(), List.of());
      List<SharedCause> causes = seen.causes(2, List.of(new Degradation("auth", 30, 59, Map.of())));
      return causes.stream()
          .map(cause -> cause.kind().key() + " " + cause.services() + cause.evidence())
          .toList();
    }
  }

  static final class JobInAService implements Function<Path, List<String>> {
    @Override
    public List<String> apply(Path folder) {
      return new ObservedRun()
              .figure("auth", "jobs", second -> 2)
              .findings(folder.resolve("observed"), new SyntheticRun.Order() {})
              .stream()
              .map(one -> one.kind() + " at " + one.service() + ": " + one.title())
              .toList();
    }
  }

  @Test
  void aCauseInAServiceIsFoundThere() {
    assertThat(suite.ask(JobInAService.class))
        .isEqualTo(List.of("nightly-job at auth: A nightly job"));
  }

  @Test
  void aCauseOfWhatServicesShareExplainsThem() {
    assertThat(suite.ask(NightlyJob.class)).isEqualTo(List.of("nightly-job [auth][a job]"));
  }

  @Test
  void aCauseWithoutWordsIsRefused(@TempDir Path other) throws IOException {
    try (PatchedSuite wordless = new PatchedSuite(other)) {
      wordless.change("conf/findings.conf", "    unknown {\n", "    no-kind {\n");
      assertThatThrownBy(() -> wordless.ask(NightlyJob.class))
          .hasMessageContaining("kcp.findings")
          .hasMessageContaining("unknown");
    }
  }
}
