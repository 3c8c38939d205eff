package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MonitoringSourcesTest {
  private static void ask(String... properties) {
    Properties all = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      all.setProperty(properties[i], properties[i + 1]);
    }
    KcpConfig config = ConfigLoader.load(all);
    MonitoringSources.mustAnswer(
        config.monitoring(),
        new DatabaseWatch.Credentials("somebody", ""),
        Http.of(config, Optional::empty));
  }

  @Test
  void aDatabaseAndAPrometheusThatDoNotAnswerAreRefusedByNameBeforeTheLoad() {
    int port = SuiteProcess.freePort();
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class,
            () ->
                ask(
                    "kcp.monitoring.database.url",
                    "jdbc:postgresql://127.0.0.1:" + port + "/kcp",
                    "kcp.monitoring.prometheus.url",
                    "http://127.0.0.1:" + port));
    assertThat(refusal)
        .hasMessageContaining("The monitoring cannot be asked. No load was sent.")
        .hasMessageContaining(
            "database jdbc:postgresql://127.0.0.1:%d/kcp (kcp.monitoring.database.url): could not connect to "
                .formatted(port))
        .hasMessageContaining(
            "Prometheus http://127.0.0.1:%d (kcp.monitoring.prometheus.url): ".formatted(port))
        .hasMessageContaining("-Dkcp.monitoring.every=0s");
  }

  @Test
  void whereNothingIsNamedOrAskedForNothingIsAsked() {
    int port = SuiteProcess.freePort();
    assertThatCode(MonitoringSourcesTest::ask).doesNotThrowAnyException();
    assertThatCode(
            () ->
                ask(
                    "kcp.monitoring.every",
                    "0s",
                    "kcp.monitoring.database.url",
                    "jdbc:postgresql://127.0.0.1:" + port + "/kcp"))
        .doesNotThrowAnyException();
  }
}
