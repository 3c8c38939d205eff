package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaveatsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kcp.tests.qps10k.stages.0.ramp-to",
        "kcp.targets.auth.p95",
        "kcp.gates.min-samples",
        "kcp.think-time.min",
        "kcp.journeys.read-heavy.service",
        "kcp.rate-tolerance",
        "kcp.workloads.mixed.knowledge.search-intensive",
        "kcp.environment.about",
        "kcp.max-in-flight",
        "kcp.expected-response-time",
        "kcp.injector.max-start-gap",
        "kcp.early-stop.lost-gates",
        "kcp.findings.drift.share",
        "kcp.injection",
        "gatling.http.requestTimeout",
        "gatling.http.enableGzip"
      })
  void whatChangesTheMeaningOfAVerdictIsSaid(String key) {
    Properties properties = new Properties();
    properties.put(key, "x");
    assertThat(Caveats.in(properties)).containsExactly(key + "=x");
  }

  @Test
  void aSecretIsNamedAndNotShown() {
    Properties properties = new Properties();
    properties.put("gatling.ssl.keyStore.password", "hunter2");
    assertThat(Caveats.in(properties)).containsExactly("gatling.ssl.keyStore.password=(secret)");
  }

  @Test
  void aValueThatIsTheFilesOwnIsNoAlteration() {
    Properties properties = new Properties();
    properties.put("kcp.max-in-flight", "auto");
    properties.put("kcp.targets.auth.p95", "200ms");
    properties.put("kcp.tests.spike.stages.1.hold", "1m");
    properties.put("gatling.http.requestTimeout", "10000");
    assertThat(Caveats.in(properties)).isEmpty();
    properties.put("kcp.tests.spike.stages.1.hold", "2m");
    assertThat(Caveats.in(properties)).containsExactly("kcp.tests.spike.stages.1.hold=2m");
  }

  @Test
  void whatASummaryShowsAnywayIsNoAlteration() {
    Properties properties = new Properties();
    properties.put("kcp.env", "staging");
    properties.put("kcp.load-scale", "0.1");
    properties.put("user.home", "x");
    assertThat(Caveats.in(properties)).isEmpty();
  }
}
