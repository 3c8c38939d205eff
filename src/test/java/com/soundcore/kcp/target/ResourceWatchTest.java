package com.soundcore.kcp.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.Monitoring;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResourceWatchTest {
  @Test
  void aPrometheusServerIsNotSentTheTokenOfTheSystemUnderTest() throws Exception {
    LinkedBlockingQueue<Optional<String>> authorizations = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String sent = exchange.getRequestHeaders().getFirst("Authorization");
          authorizations.add(Optional.ofNullable(sent));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Monitoring monitoring =
        new Monitoring(Duration.ofMillis(100), "/metrics", Map.of(), url, Map.of("cpu", "up"));
    Http http = new Http(Duration.ofSeconds(5), Optional.of("s3cr3t-t0k3n"));
    try (ResourceWatch watch = new ResourceWatch(monitoring, null, List.of("knowledge"), http)) {
      assertThat(authorizations.poll(30, TimeUnit.SECONDS)).isNotNull().isEmpty();
      assertThat(watch.samples()).isEmpty();
    } finally {
      server.stop(0);
    }
  }
}
