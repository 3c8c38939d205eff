package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.BackendClient;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
  private static final String RUN = "kcp-test-20260131-235959-1a2b";

  private static final GeneratorCheck.Processors TWO_CORES =
      new GeneratorCheck.Processors(2, 2, 15);

  private static BackendClient backend;
  private static BackendClient planned;

  @BeforeAll
  static void start() {
    backend = new BackendClient(2000, false);
    planned = new BackendClient(2000, true);
  }

  @AfterAll
  static void stop() {
    backend.close();
    planned.close();
  }

  private static List<CheckResult> check(
      KcpConfig config, double requests, double peak, int inFlight) {
    return GeneratorCheck.check(
        config,
        new SyntheticRun().facts().setup(),
        new GeneratorCheck.Planned(requests, peak, inFlight),
        TWO_CORES);
  }

  private static KcpConfig config(Map<String, Integer> ports, Map<String, String> overrides) {
    Properties properties = new Properties();
    ports.forEach(
        (service, port) ->
            properties.put("kcp.environment.urls." + service, "http://127.0.0.1:" + port));
    properties.put("kcp.env", "local");
    properties.putAll(overrides);
    return ConfigLoader.load(properties);
  }

  private static List<CheckResult> check(KcpConfig config, String workload) {
    Catalog catalog = new Catalog();
    Map<String, ServiceFeeder> feeders = new HashMap<>();
    for (Service service : config.services()) {
      feeders.put(
          service.name(),
          new ServiceFeeder(
              service, config.environment().urls().get(service.name()), catalog, RUN, 1, 0));
    }
    Http http = new Http(config.preflight().callTimeout(), Optional.empty());
    TrafficMix mix = TrafficMix.of(config, config.workloads().get(workload));
    return new Preflight(config, feeders, catalog, http).check(mix).checks();
  }

  private static String refusal(KcpConfig config) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> check(config, "tour"));
    assertThat(refusal).as("the preflight must refuse").isNotNull();
    return refusal.getMessage();
  }

  @Test
  void everyOperationOfTheSuiteIsAnsweredByTheBackend() {
    List<CheckResult> findings = check(config(backend.ports(), Map.of()), "tour");
    assertThat(findings).allMatch(CheckResult::passed);
    // 5 healths, 2 collections of ids, 20 operations, and a search for what is there.
    assertThat(findings.stream().map(f -> f.subject() + f.check()).distinct())
        .hasSize(5 + 2 + 20 + 1);
    assertThat(check(config(backend.ports(), Map.of("kcp.include-costly", "true")), "mixed"))
        .extracting(CheckResult::check)
        .contains("generate", "chat");
  }

  @Test
  void theOtherDialectIsAMatterOfOneFile() {
    Map<String, String> dialect = Map.of("kcp.env", "planned-dialect");
    List<CheckResult> findings = check(config(planned.ports(), dialect), "tour");
    assertThat(findings).allMatch(CheckResult::passed);
    assertThat(findings.stream().map(f -> f.subject() + f.check()).distinct())
        .hasSize(5 + 2 + 20 + 1);
    assertThat(refusal(config(backend.ports(), dialect))).contains("422").contains("knowledge");
  }

  @Test
  void nothingListeningIsReportedForEveryService() {
    Map<String, Integer> closed = new HashMap<>();
    backend.ports().keySet().forEach(service -> closed.put(service, closedPort()));
    assertThat(refusal(config(closed, Map.of())))
        .startsWith("Preflight of local: 5 of 5 checks failed. No load was sent.")
        .contains("knowledge", "content", "support", "analytics", "auth")
        .contains("200 with \"healthy\"")
        .contains("connection refused");
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aHostThatDoesNotExistIsDistinguished() {
    KcpConfig config = ConfigLoader.load(staging());
    assertThat(refusal(config)).contains("unknown host").doesNotContain("refused");
  }

  /** As it is shipped: hosts below a top-level domain that never exists. */
  private static Properties staging() {
    Properties properties = new Properties();
    properties.put("kcp.env", "staging");
    return properties;
  }

  @Test
  void aServiceThatAcceptsAndNeverAnswersIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Map<String, String> overrides =
          Map.of(
              "kcp.environment.urls.auth",
              "http://127.0.0.1:" + silent.getLocalPort(),
              "kcp.preflight.call-timeout",
              "3s");
      assertThat(refusal(config(backend.ports(), overrides)))
          .contains(": 1 of ")
          .contains("no answer within 3000 ms");
    }
  }

  @Test
  void wrongContentUnderStatus200IsAFailure() {
    Map<String, String> other = Map.of("kcp.api.auth.operations.me.contains.0", "\"nobody\":");
    assertThat(refusal(config(backend.ports(), other)))
        .contains("auth   me", "200 with \"nobody\":", "200 {\"user\":{");
  }

  @Test
  void tooLittleDataIsNotRepresentative() {
    Map<String, String> more = Map.of("kcp.api.knowledge.collect.items.at-least", "100000");
    assertThat(refusal(config(backend.ports(), more)))
        .contains("data: items", "at least 100,000 rows", "rows, 1,2");
  }

  @Test
  void whatLoadTestsHaveLeftIsNoRepresentativeData() {
    KcpConfig config = config(backend.ports(), Map.of());
    Http http = new Http(config.preflight().callTimeout(), Optional.empty());
    for (int i = 0; i < 3; i++) {
      Preflight.Found found = Preflight.of(config, http, config.workloads().get("tour"));
      // Each of them has created a row.
      assertThat(found.rows()).containsEntry("knowledge items", 1200L);
    }
  }

  @Test
  void whatARunCreatedIsRemovedAgain() {
    KcpConfig config = config(backend.ports(), Map.of());
    check(config, "tour");
    String find = "/api/v1/knowledge/?tags=" + RUN + "&status=draft";
    int created = backend.get("knowledge", find).json().path("total").asInt();
    assertThat(created).isPositive();
    Cleanup cleanup = new Cleanup(config, new Http(Duration.ofSeconds(3), Optional.empty()));
    assertThat(cleanup.deleteRowsOf(RUN))
        .isEqualTo("Cleanup: " + created + " rows tagged " + RUN + " removed.");
    assertThat(backend.get("knowledge", find).json().path("total").asInt(-1)).isZero();
  }

  @Test
  void onlyARunsTagIsCleanedUp() {
    Cleanup cleanup =
        new Cleanup(
            config(backend.ports(), Map.of()), new Http(Duration.ofSeconds(3), Optional.empty()));
    assertThat(catchThrowableOfType(Refusal.class, () -> cleanup.deleteRowsOf("kcp-load-test")))
        .hasMessageContaining("is no run's tag");
  }

  @Test
  void aMachineThatIsTooSmallIsRefused() {
    KcpConfig config = config(backend.ports(), Map.of("kcp.max-in-flight", "1000000"));
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> check(config, 1e9, 100_000_000, 1_000_000));
    assertThat(refusal)
        .hasMessageContaining("This machine cannot generate the planned load. No load was sent.")
        .hasMessageContaining("100,000,000 req/s at the peak")
        .hasMessageContaining("kcp.injector")
        .hasMessageFindingMatch(
            "Type: mvn gatling:test -Dgatling\\.simulationClass=Qps10k"
                + " -Dkcp\\.load-scale=0\\.000\\d+\n"
                + "Or");
    assertThat(check(config(backend.ports(), Map.of()), 1000, 100, 1000))
        .allMatch(CheckResult::passed)
        .extracting(CheckResult::check)
        .contains("processor", "disk");
  }

  @Test
  void aDiskThatTheLogWouldFillIsRefused() {
    KcpConfig config = config(backend.ports(), Map.of());
    assertThat(catchThrowableOfType(Refusal.class, () -> check(config, 1e15, 100, 1000)))
        .hasMessageContaining("about 1,000,000,000,000,000 requests")
        .hasMessageContaining("MB free for ")
        .hasMessageContaining("Lower the load (kcp.load-scale), use a larger machine")
        .hasMessageContaining("kcp.results-folder");
  }

  /** A piece of work of 20 µs: 80 µs a request, and 40 more where the backend shares the cores. */
  @ParameterizedTest
  @CsvSource({
    "2, 2, 0, 25_000, '18,125'",
    "2, 2, 2, 16_667, '12,083'",
    "1.5, 2, 2, 12_500, '8,750'",
    "16, 2, 0, 25_000, '18,125'",
    "2, 16, 0, 25_000, '18,125'",
    "16, 15, 2, 60_000, '60,000'"
  })
  void aMachineIsTrustedWithWhatItWasMeasuredToDoAndNoMoreThanWasEverTried(
      double cores, int loops, double workPerAnswer, String most, String held) {
    KcpConfig.Generator generator =
        config(backend.ports(), Map.of("kcp.generator.work-per-request", "4")).generator();
    var processors = new GeneratorCheck.Processors(cores, loops, workPerAnswer);
    OptionalDouble work = OptionalDouble.of(20);
    double rate = Double.parseDouble(most.replace("_", ""));
    CheckResult right = GeneratorCheck.processor(generator, rate - 1, processors, work);
    assertThat(right.passed()).isTrue();
    assertThat(right.toString())
        .contains("about " + held, loops + " event loops; a request costs ")
        .contains((workPerAnswer > 0 ? 120 : 80) + " µs");
    assertThat(GeneratorCheck.processor(generator, rate + 1, processors, work).passed()).isFalse();
  }

  @Test
  void whereTheCostOfARequestIsNotKnownTheHighestRateIsTheLimit() {
    KcpConfig.Generator generator = config(backend.ports(), Map.of()).generator();
    OptionalDouble unknown = OptionalDouble.empty();
    assertThat(GeneratorCheck.processor(generator, 60_000, TWO_CORES, unknown).passed()).isTrue();
    assertThat(GeneratorCheck.processor(generator, 60_001, TWO_CORES, unknown).passed()).isFalse();
  }

  @Test
  void aPieceOfWorkIsMeasuredOnThisMachine() {
    assertThat(RequestCost.workMicros().orElseThrow()).isBetween(0.5, 5_000.0);
  }
}
