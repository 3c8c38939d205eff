package com.soundcore.kcp.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig.GatlingReport;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.run.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigRulesTest {
  private static KcpConfig with(Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(overrides);
    return ConfigLoader.load(properties);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, 500", // 2 s of calls are fewer than the least
    "400, 0, 800", // Little's law
    "400.1, 0, 801",
    "100, 900, 900", // each user may wait for an answer
  })
  void theCapFollowsThePlanUnlessANumberIsGiven(double rate, double users, int cap) {
    Duration time = Duration.ofSeconds(2);
    assertThat(new InFlightCap(OptionalInt.empty(), 500, time).at(rate, users)).isEqualTo(cap);
    assertThat(new InFlightCap(OptionalInt.of(7), 500, time).at(rate, users)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS, true, true",
    "WHEN_FAILED, false, true",
    "NEVER, false, false",
  })
  void gatlingsReportIsWrittenWhenItIsWanted(GatlingReport report, boolean ofPass, boolean ofFail) {
    assertThat(report.wanted(true)).isEqualTo(ofPass);
    assertThat(report.wanted(false)).isEqualTo(ofFail);
  }

  @Test
  void theCommandLinesWorkloadAndModelComeBeforeTheTests() {
    KcpConfig shipped = with(Map.of());
    TestShape smoke = shipped.tests().get("smoke");
    assertThat(shipped.workloadOf(smoke).name()).isEqualTo(smoke.workload());
    assertThat(shipped.modelOf(smoke)).isEqualTo(smoke.model());
    Model other = smoke.model() == Model.OPEN ? Model.CLOSED : Model.OPEN;
    String word = other == Model.OPEN ? "open" : "closed";
    KcpConfig changed = with(Map.of("kcp.workload", "read-heavy", "kcp.injection", word));
    assertThat(changed.workloadOf(smoke).name()).isEqualTo("read-heavy");
    assertThat(changed.modelOf(smoke)).isEqualTo(other);
  }

  @Test
  void withoutAFolderForResultsThereIsNoLog() {
    assertThat(with(Map.of()).run().keepsLog()).isTrue();
    assertThat(with(Map.of("kcp.results-folder", "")).run().keepsLog()).isFalse();
  }

  @Test
  void aScaledSearchLeavesEachLevelTheTimeInWhichLatencyIsJudged() {
    KcpConfig config = with(Map.of("kcp.time-scale", "0.001", "kcp.load-scale", "0.5"));
    Search whole = with(Map.of()).tests().get("breakpoint").search().orElseThrow();
    Search scaled = config.searchOf(config.tests().get("breakpoint")).orElseThrow();
    assertThat(scaled.start()).isEqualTo(whole.start() / 2);
    assertThat(scaled.step()).isEqualTo(whole.step() / 2);
    assertThat(scaled.ceiling()).isEqualTo(whole.ceiling() / 2);
    assertThat(scaled.ramp()).isEqualTo(Duration.ofSeconds(1));
    assertThat(scaled.recover()).isEqualTo(scaled.hold().multipliedBy(2));
    assertThat(scaled.hold()).isGreaterThan(config.gates().settle());
    assertThat(config.searchOf(config.tests().get("smoke"))).isEmpty();
  }

  @Test
  void aJourneyCountsItsCallsAndItsPauses() {
    Journey journey =
        new Journey(
            "mine",
            "auth",
            List.of(
                new Journey.Call("me"),
                new Journey.Pause(Duration.ofSeconds(2)),
                new Journey.OneOf(Map.of("me", 1, "login", 2)),
                new Journey.Pause(Duration.ofMillis(500))));
    assertThat(journey.requests()).isEqualTo(2);
    assertThat(journey.pauses()).isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void anEnvironmentIsHereWhereAllOfItIs() {
    URI here = URI.create("http://[::1]:1");
    URI there = URI.create("http://10.0.0.1:1");
    assertThat(environment(Map.of("auth", here)).isHere()).isTrue();
    assertThat(environment(Map.of("auth", here, "content", there)).isHere()).isFalse();
  }

  private static Environment environment(Map<String, URI> urls) {
    return new Environment("mine", "", false, false, List.of(), urls);
  }

  @Test
  void aProxysUserIsThatOfTheEnvironment() {
    Map<String, String> known = Map.of("KCP_PROXY_USER", "me", "KCP_PROXY_PASSWORD", "pw");
    assertThat(Sessions.Proxy.user(known)).isEqualTo("me");
    assertThat(Sessions.Proxy.password(known)).isEqualTo("pw");
    assertThat(Sessions.Proxy.user(Map.of())).isEmpty();
    assertThat(Sessions.Proxy.password(Map.of())).isEmpty();
  }

  @Test
  void aDatabaseServesEverybodyUnlessItsServicesAreNamed() {
    Duration second = Duration.ofSeconds(1);
    Monitoring.Database ofAuth =
        new Monitoring.Database("x", List.of("auth"), 0, Map.of(), second, second);
    assertThat(ofAuth.serves("auth")).isTrue();
    assertThat(ofAuth.serves("content")).isFalse();
    assertThat(Monitoring.Database.NONE.serves("content")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "KCP_DATABASE_PASSWORD, true",
    "x-Api-Key, true",
    "sessionId, true",
    "KCP_DATABASE_USER, false",
  })
  void aSecretIsKnownByItsName(String name, boolean secret) {
    assertThat(Secrets.isNameOfOne(name)).isEqualTo(secret);
  }

  @Test
  void inACheckoutACommandIsMavens() {
    assertThat(SuiteCommand.run("Soak", "-Dkcp.env=staging"))
        .isEqualTo("mvn gatling:test -Dgatling.simulationClass=Soak -Dkcp.env=staging");
    assertThat(SuiteCommand.run("Soak", ""))
        .isEqualTo("mvn gatling:test -Dgatling.simulationClass=Soak");
    assertThat(SuiteCommand.run("Smoke", "")).isEqualTo("mvn gatling:test");
    assertThat(SuiteCommand.firstRun("staging")).isEqualTo("mvn gatling:test -Dkcp.env=staging");
    assertThat(SuiteCommand.gatlingsReport("a-run"))
        .contains("mvn gatling:test -Dgatling.reportsOnly=a-run");
    assertThat(SuiteCommand.kcp("seed staging")).isEqualTo("./kcp seed staging");
  }
}
