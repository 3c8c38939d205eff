package com.soundcore.kcp.live.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.SuiteProcess;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a collector gets of a real run. */
@Tag("full")
class OtlpPushTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Map<String, String> SHORT =
      Map.of("kcp.tests.smoke.stages.1.hold", "8s", "kcp.live.otlp.every", "2s");

  private static Map<String, String> to(String url) {
    Map<String, String> properties = new HashMap<>(SHORT);
    properties.put("kcp.live.otlp.url", url);
    // PASS is asserted, and a slow machine would make it INVALID.
    return SuiteProcess.onAnyMachine(properties);
  }

  @Test
  void aCollectorGetsTheFiguresWhileTheRunRunsAndThoseOfItsEnd() throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    List<String> keys = new CopyOnWriteArrayList<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer collector = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    collector.createContext(
        "/v1/metrics",
        exchange -> {
          keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Api-Key")));
          bodies.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    String url = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics";
    try (SuiteProcess run =
        SuiteProcess.start(
            "Smoke",
            to(url),
            Map.of(
                "OTEL_EXPORTER_OTLP_HEADERS",
                "x-api-key=s3cret",
                "OTEL_RESOURCE_ATTRIBUTES",
                "team=soundcore-night"))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output()).doesNotContain("s3cret");
    } finally {
      collector.stop(0);
    }
    assertThat(keys).containsOnly("s3cret");
    assertThat(bodies).hasSizeGreaterThanOrEqualTo(4);
    assertThat(bodies)
        .as("the command line, with all that is set there")
        .noneMatch(body -> body.contains("command_line") || body.contains("stages.1.hold"));
    assertThat(bodies.get(bodies.size() - 1))
        .contains(
            "kcp-load-test",
            "kcp_requests",
            "kcp_request_duration",
            "knowledge",
            "smoke",
            "soundcore-night");
  }

  @Test
  void aCollectorThatIsNotThereChangesNothing() {
    int nobody = SuiteProcess.freePorts(1).get(0);
    try (SuiteProcess run =
        SuiteProcess.start("Smoke", to("http://127.0.0.1:" + nobody + "/v1/metrics"))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output())
          .contains("PASS", "push to http://127.0.0.1:" + nobody, "(kcp.live.otlp)")
          .doesNotContain("\tat ");
    }
  }
}
