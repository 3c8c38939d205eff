package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResourceWatchTest {
  @Test
  void whyNothingIsKnownOfAServiceIsReportedOnce() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    server.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          asked.add(query);
          byte[] none = "{\"data\":{\"result\":[]}}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(query.contains("auth") ? 401 : 200, none.length);
          exchange.getResponseBody().write(none);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Monitoring monitoring =
        new Monitoring(
            Duration.ofMillis(50),
            "/metrics",
            Map.of(),
            url,
            Map.of("cpu", "up_{service}"),
            Map.of(),
            Monitoring.Database.NONE,
            false);
    Http http = new Http(Duration.ofSeconds(5), Optional.empty());
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (ResourceWatch watch =
        new ResourceWatch(monitoring, null, List.of("auth", "support"), http)) {
      for (int i = 0; i < 6; i++) {
        assertThat(asked.poll(30, TimeUnit.SECONDS)).isNotNull();
      }
      assertThat(watch.samples()).isEmpty();
    } finally {
      System.setOut(console);
      server.stop(0);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "resources of auth: " + url + ", query up_auth: status 401 (kcp.monitoring)",
            "resources of support: its metrics page has none of the configured figures"
                + " (kcp.monitoring)");
  }

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
        new Monitoring(
            Duration.ofMillis(100),
            "/metrics",
            Map.of(),
            url,
            Map.of("cpu", "up"),
            Map.of(),
            Monitoring.Database.NONE,
            false);
    Http http = new Http(Duration.ofSeconds(5), Optional.of("s3cr3t-t0k3n"));
    try (ResourceWatch watch = new ResourceWatch(monitoring, null, List.of("knowledge"), http)) {
      assertThat(authorizations.poll(30, TimeUnit.SECONDS)).isNotNull().isEmpty();
      assertThat(watch.samples()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theCostOfAMetricsPageIsAFigureOfItsService() throws Exception {
    byte[] page =
        "# HELP a\nup{path=\"/1\"} 1\nup{path=\"/2\"} 2\n".getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LinkedBlockingQueue<String> polls = new LinkedBlockingQueue<>();
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
          polls.add("polled");
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Properties local = new Properties();
    local.setProperty("kcp.env", "local");
    local.setProperty("kcp.environment.urls.auth", url);
    Monitoring monitoring =
        new Monitoring(
            Duration.ofMillis(50),
            "/metrics",
            Map.of("up", new Monitoring.Figure("up", false)),
            "",
            Map.of(),
            Map.of(),
            Monitoring.Database.NONE,
            false);
    Http http = new Http(Duration.ofSeconds(5), Optional.empty());
    try (ResourceWatch watch =
        new ResourceWatch(
            monitoring, ConfigLoader.load(local).environment(), List.of("auth"), http)) {
      // The next poll comes after the sample of the one before.
      assertThat(polls.poll(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(polls.poll(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(watch.samples().get(0).figures())
          .containsEntry("up", 3.0)
          .containsEntry("page-bytes", (double) page.length)
          .containsEntry("page-series", 2.0)
          .containsKey("page-ms");
    } finally {
      server.stop(0);
    }
  }
}
