package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static KcpConfig with(Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(overrides);
    return ConfigLoader.load(properties);
  }

  private static List<String> problemsWith(Map<String, String> overrides) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> with(overrides));
    assertThat(refused).as("the configuration must be refused").isNotNull();
    return refused.problems();
  }

  @Test
  void anyPercentileMayBeATarget() {
    KcpConfig config = with(Map.of("kcp.targets.knowledge.p99_9", "800ms"));
    assertThat(config.allServices().get("knowledge").target().percentiles())
        .containsOnly(
            Map.entry(95.0, Duration.ofMillis(300)), Map.entry(99.9, Duration.ofMillis(800)));
    assertThat(problemsWith(Map.of("kcp.targets.knowledge.p100", "800ms")))
        .singleElement()
        .asString()
        .contains("kcp.targets.knowledge.p100 (-D) is not a key of this suite");
  }

  @Test
  void theShippedFilesHoldTheTargetsOfTheMission() {
    KcpConfig config = with(Map.of());
    assertThat(config.environment().name()).isEqualTo("embedded");
    assertThat(config.services()).hasSize(5);
    Target knowledge = config.allServices().get("knowledge").target();
    assertThat(knowledge)
        .isEqualTo(new Target(5000, new TreeMap<>(Map.of(95.0, Duration.ofMillis(300))), 0.001));
    Target auth = config.allServices().get("auth").target();
    assertThat(auth)
        .isEqualTo(new Target(500, new TreeMap<>(Map.of(95.0, Duration.ofMillis(200))), 0.0001));
    assertThat(
            config.allServices().values().stream()
                .mapToDouble(s -> s.target().requestsPerSec())
                .sum())
        .isEqualTo(10_000);
    assertThat(config.tests().keySet())
        .containsExactlyInAnyOrder(
            "smoke", "load", "stress", "spike", "qps10k", "soak", "breakpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedded", "local", "staging", "production", "planned-dialect"})
  void everyShippedEnvironmentIsWhole(String environment) {
    KcpConfig config = with(Map.of("kcp.env", environment));
    assertThat(config.environment().urls()).hasSize(5);
    assertThat(config.environment().production()).isEqualTo(environment.equals("production"));
    assertThat(config.environment().startsBackend()).isEqualTo(environment.equals("embedded"));
  }

  @Test
  void aPropertyReachesEveryKeyAlsoInsideAList() {
    KcpConfig config =
        with(
            Map.of(
                "kcp.tests.spike.stages.3.hold", "20s",
                "kcp.services", "auth, knowledge",
                "kcp.targets.auth.p95", "50ms",
                "kcp.feeders.knowledge.weights.list", "99"));
    assertThat(config.tests().get("spike").stages().get(3).duration())
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(config.services()).extracting(Service::name).containsExactly("auth", "knowledge");
    assertThat(config.services().get(0).target().p95()).isEqualTo(Duration.ofMillis(50));
    assertThat(config.services().get(1).feeder().weights()).containsEntry("list", 99);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kcp.workload | reed-heavy | kcp.workload (-D) was 'reed-heavy'; must be one of"
            + " analytics-dashboard, auth-session, content-studio, mixed, read-heavy,"
            + " search-intensive, support-desk, tour (did you mean read-heavy?)",
        "kcp.env | stagin | kcp.env was 'stagin'; must be one of cluster, embedded, local,"
            + " planned-dialect, production, staging (did you mean staging?)",
        "kcp.services | knowlege | kcp.services (-D) was 'knowlege'; must be one of analytics,"
            + " auth, content, knowledge, support (did you mean knowledge?)",
        "kcp.tests.spike.stages.2.over | 10 | kcp.tests.spike.stages[2].over (-D) was '10'; must be"
            + " a duration with a unit, such as 500ms, 10s or 5m, from 1 s to 30 d",
        "kcp.tests.spike.stages.9.over | 10s | kcp.tests.spike.stages.9.over (-D): '9' is no entry"
            + " of that list; its entries are 0 to 6",
        "kcp.targets.auth.error-rate | 0.5 | kcp.targets.auth.error-rate (-D) was '0.5'; must be a"
            + " percentage from 0% to 100%, such as 0.1%",
        "kcp.load-scale | -1 | kcp.load-scale (-D) was '-1'; must be a number above 0 and up to"
            + " 1000",
        "kcp.max-in-flight | many | kcp.max-in-flight (-D) was 'many'; must be a whole number from"
            + " 1 to 1,000,000",
        "kcp.include-costly | yes | kcp.include-costly (-D) was 'yes'; must be true or false",
        "kcp.injection | opened | kcp.injection (-D) was 'opened'; must be one of closed, open (did"
            + " you mean open?)",
        "kcp.injector.index | 1 | kcp.injector.index (-D) was '1'; must be a whole number from 0 to"
            + " 0",
        "kcp.environment.urls.auth | ftp:x | kcp.environment.urls.auth (-D) was 'ftp:x'; must be a"
            + " URL such as http://127.0.0.1:8001, without user and password",
        "kcp.environment.urls.auth | http://a:b@127.0.0.1:1 | kcp.environment.urls.auth (-D) was"
            + " 'http://(secret)@127.0.0.1:1'; must be a URL such as http://127.0.0.1:8001, without"
            + " user and password",
        "kcp.production-users | 1000 | kcp.production-users (-D) can be set only in its file in"
            + " conf/: it protects the system under test",
        "kcp.environment.urls.auth | http://10.0.0.1:1 | kcp.environment.urls.auth was"
            + " 'http://10.0.0.1:1'; environment embedded may call only 127.0.0.1"
            + " (kcp.environment.hosts)",
        "kcp.environment.production | false | kcp.environment.production (-D) can be set only in"
            + " its file in conf/: it protects the system under test",
        "kcp.environment.hosts.0 | 10.0.0.1 | kcp.environment.hosts.0 (-D) can be set only in its"
            + " file in conf/: it protects the system under test",
        "kcp.journeys.read-heavy.steps.0.one-of.lst | 3 | kcp.journeys.read-heavy.steps was 'lst';"
            + " must be one of create, get, list, missing, product, products, search, stats (did"
            + " you mean list?)",
        "kcp.feeders.auth.weights.me | 0 | kcp.feeders.auth.weights.me (-D) was '0'; must be a"
            + " whole number from 1 to 10,000",
        "kcp.api.auth.operations.me.path | /{who} | kcp.api.auth.operations.me uses {who}, which"
            + " was 'who'; must be one of email, run, serial",
      })
  void aProblemNamesKeyValueRuleAndWhatIsAllowed(String key, String value, String sentence) {
    assertThat(problemsWith(Map.of(key, value))).containsExactly(sentence);
  }

  @Test
  void aMistypedKeyIsRefusedAndTheNearestOneSuggested() {
    assertThat(problemsWith(Map.of("kcp.time-scal", "1")))
        .singleElement()
        .asString()
        .startsWith("kcp.time-scal (-D) is not a key of this suite; kcp has: ")
        .endsWith("(did you mean time-scale?)");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    Map<String, String> wrong =
        Map.of("kcp.workload", "x", "kcp.load-scale", "0", "kcp.tests.load.stages.0.over", "2");
    assertThat(problemsWith(wrong)).hasSize(3);
  }

  @Test
  void aTestThatSendsNothingIsRefused() {
    Map<String, String> nothing = Map.of("kcp.tests.smoke.stages.0.ramp-to", "0");
    assertThat(problemsWith(nothing))
        .singleElement()
        .asString()
        .contains("kcp.tests.smoke.stages")
        .endsWith("never reach a level above 0; this test would send nothing");
  }

  @Test
  void aSearchThatIsTooFineOrTooCoarseIsRefused() {
    for (String precision : List.of("0%", "20%")) {
      assertThat(problemsWith(Map.of("kcp.tests.breakpoint.staircase.precision", precision)))
          .singleElement()
          .asString()
          .startsWith("kcp.tests.breakpoint.staircase.precision (-D) was '" + precision + "'")
          .contains("must be a percentage from 0.1% to 10%");
    }
  }
}
