package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedValuesTest {
  private static final String SERVICES = "must be one of analytics, auth, content, knowledge";

  private static List<String> problems(Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(overrides);
    return refusal(() -> ConfigLoader.load(properties)).problems();
  }

  private static ConfigException refusal(Runnable reading) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, reading::run);
    assertThat(refused).as("the configuration must be refused").isNotNull();
    return refused;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kcp.api.auth.operations.me.contains | '' | kcp.api.auth.operations.me.contains is empty;"
            + " an answer must be checked for something",
        "kcp.api.auth.operations.me.path | me | kcp.api.auth.operations.me.path (-D) was 'me'; must"
            + " be a path that begins with /",
        "kcp.api.auth.operations.me.adds-to | rows | kcp.api.auth.operations.me.adds-to was 'rows';"
            + " there is nothing that it could name",
        "kcp.feeders.auth.weights.nobody | 1 | kcp.feeders.auth.weights was 'nobody'; must be one"
            + " of login, me, refresh, register, verify",
        "kcp.feeders.auth.values.email.lines | none.txt | kcp.feeders.auth.values.email.lines (-D)"
            + " was 'none.txt'; there is no such file in src/test/resources/feeders",
        "kcp.api.auth.operations.me.headers.X Key | s3cret | kcp.api.auth.operations.me.headers.X"
            + " Key (-D) must be the name of a header that the client does not set itself",
        "kcp.api.auth.operations.me.headers.Host | s3cret | kcp.api.auth.operations.me.headers.Host"
            + " (-D) must be the name of a header that the client does not set itself",
        "kcp.api.auth.operations.me.headers.X-Key | 's3c\n"
            + "ret' | kcp.api.auth.operations.me.headers.X-Key (-D) must be the value of a header:"
            + " printable Latin-1 characters",
        "kcp.sessions.token-header | X:Key | kcp.sessions.token-header (-D) must be the name of a"
            + " header that the client does not set itself",
        "kcp.sessions.token-scheme | 'Bea\n"
            + "rer' | kcp.sessions.token-scheme (-D) must be the value of a header: printable"
            + " Latin-1 characters",
        "kcp.sessions.proxy | http://me:pw@proxy:3128 | kcp.sessions.proxy (-D) must be like"
            + " http://proxy.example:3128; KCP_PROXY_USER and KCP_PROXY_PASSWORD in the environment"
            + " say who asks",
        "kcp.sessions.proxy | http://proxy:65536 | kcp.sessions.proxy (-D) must be like"
            + " http://proxy.example:3128; KCP_PROXY_USER and KCP_PROXY_PASSWORD in the environment"
            + " say who asks",
        "kcp.tracing.url | https://jaeger.example/ | kcp.tracing.url (-D) was"
            + " 'https://jaeger.example/'; must be empty, or a link such as"
            + " https://jaeger.example/trace/{trace}",
        "kcp.live.otlp.url | http://me:pw@collector:4318/ | kcp.live.otlp.url (-D) must be a URL"
            + " such as http://otel-collector:4318/v1/metrics, without user, password and query",
        "kcp.live.otlp.url | http://collector:4318/?key=pw | kcp.live.otlp.url (-D) must be a URL"
            + " such as http://otel-collector:4318/v1/metrics, without user, password and query",
        "kcp.live.otlp.url | ftp://collector/ | kcp.live.otlp.url (-D) must be a URL such as"
            + " http://otel-collector:4318/v1/metrics, without user, password and query",
        "kcp.monitoring.prometheus.url | http://a b | kcp.monitoring.prometheus.url (-D) must be a"
            + " URL such as http://prometheus:9090, without user, password and query",
        "kcp.monitoring.database.pools.auth | 0 | kcp.monitoring.database.pools.auth (-D) was '0';"
            + " must be a whole number from 1 to 1,000,000",
        "kcp.start-at | tomorrow | kcp.start-at (-D) was 'tomorrow'; must be a moment such as"
            + " 2026-01-31T22:00:00Z",
        "kcp.services | '' | kcp.services (-D) is empty; name at least one of analytics, auth,"
            + " content, knowledge, support",
        "kcp.environment.urls.auth | http://a b | kcp.environment.urls.auth (-D) was 'http://a b';"
            + " must be a URL such as http://127.0.0.1:8001, without user and password",
        "kcp.tests.smoke.workload | mixd | kcp.tests.smoke.workload was 'mixd'; must be one of"
            + " analytics-dashboard, auth-session, content-studio, mixed, read-heavy,"
            + " search-intensive, support-desk, tour (did you mean mixed?)",
        "kcp.tests.breakpoint.staircase.ceiling | 1 | kcp.tests.breakpoint.staircase.ceiling (-D)"
            + " is below the start of 1000; must be at least that",
        "kcp.tests.smoke.stages.0.hold | 10s | kcp.tests.smoke.stages[0] is a ramp and a hold at"
            + " once; must be { ramp-to = level, over = duration } or { hold = duration }. The"
            + " stages that hold are kcp.tests.smoke.stages[1]",
        "kcp.tests.smoke.stages.1.over | 10s | kcp.tests.smoke.stages[1] is a ramp and a hold at"
            + " once; must be { ramp-to = level, over = duration } or { hold = duration }",
        "kcp.workloads.mine.pick | one | kcp.workloads.mine.* names no service; give at least one,"
            + " with its journeys and weights",
        "kcp.backend.faults | slow | kcp.backend.faults (-D) must be a list, such as [ { … }, { … }"
            + " ]",
        "kcp.backend.max-items | 10 | kcp.backend.max-items (-D) was '10'; must be a whole number"
            + " from 5,000 to 10,000,000",
        "kcp.think-time.max | 1ms | kcp.think-time.max (-D) was '1ms'; must be a duration with a"
            + " unit, such as 500ms, 10s or 5m, from 1 s to 1 h",
      })
  void eachRefusalNamesKeyValueAndRule(String key, String value, String sentence) {
    assertThat(problems(Map.of(key, value))).containsExactly(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://me:pw@host/kcp",
        "jdbc:postgresql://host/kcp?user=me",
        "jdbc:postgresql://host/kcp?sslmode=require&password=pw",
        "jdbc:mysql://host/kcp",
      })
  void aDatabasesUrlWithCredentialsIsRefusedWithoutThem(String url) {
    assertThat(problems(Map.of("kcp.monitoring.database.url", url)))
        .containsExactly(
            "kcp.monitoring.database.url (-D) must be like"
                + " jdbc:postgresql://host:5432/name?sslmode=require, without user and password:"
                + " KCP_DATABASE_USER and KCP_DATABASE_PASSWORD in the environment are used");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | kcp.journeys.auth-session.steps (-D: 1) makes no call; a journey has at least one",
        "[{ pause = 1s }] | kcp.journeys.auth-session.steps (-D: 1) makes no call; a journey has at"
            + " least one",
        "[{ from-feeder = false }] | kcp.journeys.auth-session.steps[0].from-feeder (-D: 1) must be"
            + " true; or write call, one-of or pause instead",
        "[{ one-of = {} }] | kcp.journeys.auth-session.steps[0].one-of.* has no entry; name at"
            + " least one with its weight, such as list = 10",
        "[{ call = mee }] | kcp.journeys.auth-session.steps was 'mee'; must be one of login, me,"
            + " refresh, register, verify (did you mean me?)",
        "[{ one-of = { mee = 1 } }] | kcp.journeys.auth-session.steps was 'mee'; must be one of"
            + " login, me, refresh, register, verify (did you mean me?)",
      })
  void aJourneyThatCannotBeMadeIsRefused(String steps, String sentence) {
    assertThat(problems(Map.of("kcp.journeys.auth-session.steps", steps))).contains(sentence);
  }

  @Test
  void aJourneyOfNobodysServiceIsRefused() {
    assertThat(problems(Map.of("kcp.journeys.auth-session.service", "nobody")))
        .contains("kcp.journeys.auth-session.service was 'nobody'; " + SERVICES + ", support");
  }

  @ParameterizedTest
  @CsvSource({
    "kcp.sample-rows.service",
    "kcp.sessions.login.service",
  })
  void aServiceThatIsNotThereIsRefused(String key) {
    assertThat(problems(Map.of(key, "nobody")))
        .containsExactly(key + " was 'nobody'; " + SERVICES + ", support");
  }

  @Test
  void aLimitOfAServiceThatIsNotThereIsRefused() {
    assertThat(problems(Map.of("kcp.findings.cpu-limits.nobody", "2")))
        .containsExactly(
            "kcp.findings.cpu-limits was 'nobody'; must be one of analytics, auth, content,"
                + " knowledge, support");
  }

  @Test
  void aWorkloadOfAServiceThatIsNotThereIsRefused() {
    assertThat(problems(Map.of("kcp.workloads.mixed.nobody.tour", "1")))
        .containsExactly(
            "kcp.workloads.mixed was 'nobody'; must be one of analytics, auth, content,"
                + " knowledge, support");
  }

  @Test
  void aPlaceholderThatIsNoOperationIsRefused() {
    assertThat(problems(Map.of("kcp.placeholders", "auth / mee")))
        .singleElement()
        .asString()
        .startsWith("kcp.placeholders was 'auth / mee'; must be one of analytics / ")
        .endsWith("(did you mean auth / me?)");
  }

  @Test
  void connectionsOfHttp2CannotBeChurned() {
    assertThat(problems(Map.of("kcp.sessions.http2", "true", "kcp.sessions.churn", "10%")))
        .containsExactly(
            "kcp.sessions.churn (-D) must be 0% with kcp.sessions.http2: HTTP/2 has no header that"
                + " closes a connection");
  }

  @Test
  void aListThatCannotBeReadIsRefused() {
    assertThat(problems(Map.of("kcp.backend.faults", "[{ kind = slow")))
        .singleElement()
        .asString()
        .startsWith("kcp.backend.faults (-D) is no list: -D: 1: ");
  }

  @Test
  void aSectionThatIsATextIsRefused() {
    assertThat(problems(Map.of("kcp.live", "5")))
        .contains("kcp.live (-D) was '5'; must be a section { … }", "kcp.live.port is missing");
  }

  @Test
  void anEnvironmentThatCannotBeReadIsRefusedByItsName() {
    assertThat(refusal(() -> ConfigLoader.withEnvironment("mine", "kcp { ")).problems())
        .singleElement()
        .asString()
        .startsWith("environment mine: String: 1: ");
  }

  @Test
  void anEnvironmentWithAListAndATextInOneIsRefusedByItsName() {
    assertThat(refusal(() -> ConfigLoader.withEnvironment("mine", "hosts = [h] and")).problems())
        .singleElement()
        .asString()
        .startsWith("environment mine: String: 1: Cannot concatenate");
  }

  @Test
  void aPropertyThatReplacesEverythingIsRefused() {
    assertThat(problems(Map.of("kcp.", "x")))
        .singleElement()
        .asString()
        .contains("kcp has type STRING");
  }

  @Test
  void anEnvironmentNeedsAUrlForEachServiceAndForSigningIn() {
    String text =
        "kcp { environment { about = a, production = false, starts-backend = false, hosts = [h]\n"
            + " urls { knowledge = \"http://h:1\" } }\n services = [knowledge, support]\n"
            + " sessions.login { users = 5, service = auth } }";
    assertThat(refusal(() -> ConfigLoader.withEnvironment("mine", text)).problems())
        .containsExactly(
            "kcp.environment.urls.auth is missing; users sign in there (kcp.sessions.login)",
            "kcp.environment.urls.support is missing; environment mine has no URL for a selected"
                + " service");
  }

  @Test
  void aRefusalCountsItsProblems() {
    assertThat(new ConfigException(List.of("one")))
        .hasMessage("The configuration has a problem:\n  - one");
    assertThat(new ConfigException(List.of("one", "two")))
        .hasMessage("The configuration has 2 problems:\n  - one\n  - two");
  }
}
