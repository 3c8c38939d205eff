package com.soundcore.kcp.live.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector gets of figures, in one process. */
class OtlpFiguresTest {
  private static final String OMITTED = "otel.resource.disabled.keys";

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final String before = System.getProperty(OMITTED);
  private HttpServer collector;

  @BeforeEach
  void open() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/metrics",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          bodies.add(new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void close() {
    collector.stop(0);
    if (before == null) {
      System.clearProperty(OMITTED);
    } else {
      System.setProperty(OMITTED, before);
    }
  }

  private String pushed() {
    MetricSnapshots figures =
        MetricSnapshots.of(
            GaugeSnapshot.builder()
                .name("kcp_users")
                .dataPoint(GaugeDataPointSnapshot.builder().value(17).build())
                .build());
    String url = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics";
    new OtlpPush(url, Duration.ofHours(1), () -> figures, "soak", "kcp-soak-1").close();
    assertThat(bodies).as("the last figures are pushed at the end").hasSize(1);
    return bodies.get(0);
  }

  @Test
  void theLastFiguresArriveWithTheTestAndTheRun() {
    assertThat(pushed()).contains("kcp_users", "kcp.test", "soak", "kcp-soak-1", "kcp-load-test");
  }

  @Test
  void theCommandLineStaysHere() {
    assertThat(pushed())
        .contains("process.runtime.version")
        .doesNotContain("process.command", "junit");
  }

  @Test
  void whatElseIsKeptBackStaysKeptBack() {
    System.setProperty(OMITTED, "process.runtime.name");
    assertThat(pushed())
        .contains("process.runtime.version")
        .doesNotContain("process.runtime.name", "process.command");
  }
}
