package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.run.Refusal;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A password leaves this machine encrypted, or not at all. */
class SecretsInTransitTest {
  private static void check(String key, String url, String variable) {
    Properties properties = new Properties();
    properties.setProperty(key, url);
    KcpConfig config = ConfigLoader.load(properties);
    SecretsInTransit.check(config, Map.of(variable, "s3cret"));
  }

  @ParameterizedTest
  @CsvSource({
    "kcp.sessions.proxy, http://proxy.invalid:3128, KCP_PROXY_USER",
    "kcp.live.otlp.url, http://collector.invalid:4318/v1/metrics, OTEL_EXPORTER_OTLP_HEADERS",
    "kcp.live.otlp.url, http://10.0.0.7:4318/, OTEL_EXPORTER_OTLP_METRICS_HEADERS",
    "kcp.monitoring.database.url, jdbc:postgresql://db.invalid:5432/kcp, KCP_DATABASE_PASSWORD",
    "kcp.monitoring.database.url, jdbc:postgresql://db.invalid/kcp?sslmode=prefer,"
        + " KCP_DATABASE_PASSWORD",
    "kcp.monitoring.database.url, jdbc:postgresql://db.invalid/kcp?x=sslmode=require,"
        + " KCP_DATABASE_PASSWORD",
    "'kcp.monitoring.database.url', 'jdbc:postgresql://127.0.0.1,db.invalid/kcp',"
        + " KCP_DATABASE_PASSWORD"
  })
  void aSecretIsNotSentUnencrypted(String key, String url, String variable) {
    assertThatThrownBy(() -> check(key, url, variable))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(variable)
        .hasMessageContaining(key)
        .hasMessageContaining("No load was sent")
        .message()
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "kcp.sessions.proxy, http://127.0.0.1:3128, KCP_PROXY_USER",
    "kcp.sessions.proxy, http://proxy.invalid:3128, KCP_OTHER",
    "kcp.live.otlp.url, https://collector.invalid:4318/v1/metrics, OTEL_EXPORTER_OTLP_HEADERS",
    "kcp.live.otlp.url, http://127.0.0.1:4318/v1/metrics, OTEL_EXPORTER_OTLP_HEADERS",
    "kcp.monitoring.database.url, jdbc:postgresql://127.0.0.1:5432/kcp, KCP_DATABASE_PASSWORD",
    "kcp.monitoring.database.url, jdbc:postgresql://db.invalid/kcp?sslmode=require,"
        + " KCP_DATABASE_PASSWORD"
  })
  void whatIsEncryptedOrStaysHereIsSent(String key, String url, String variable) {
    assertThatCode(() -> check(key, url, variable)).doesNotThrowAnyException();
  }
}
