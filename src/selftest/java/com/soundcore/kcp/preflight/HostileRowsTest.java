package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that lists rows with ids that lead to other rows, each with the run's own tag. */
class HostileRowsTest {
  private static final String RUN = "kcp-test-20260131-235959-1a2b";

  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private volatile String row = "";
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestMethod().equals("DELETE")) {
            deleted.add(exchange.getRequestURI().toString());
          }
          byte[] body =
              "{\"items\":[{%s\"tags\":[\"%s\"]}]}"
                  .formatted(row, RUN)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"id\":\"\",",
        "\"id\":null,",
        "\"id\":[7],",
        "\"id\":\"../products/7\",",
        "\"id\":\"7/../8\",",
        "\"id\":\"7?all=true\",",
        "\"id\":\"7#\",",
        "\"id\":\"%2e%2e%2fproducts\",",
        "\"id\":\"7 8\",",
        "\"id\":\"*\","
      })
  void anIdThatIsNoIdOfOneRowDeletesNothing(String id) {
    row = id;
    Properties properties = new Properties();
    properties.setProperty("kcp.env", "local");
    properties.setProperty(
        "kcp.environment.urls.knowledge", "http://127.0.0.1:" + service.getAddress().getPort());
    KcpConfig config = ConfigLoader.load(properties);
    Cleanup cleanup = new Cleanup(config, new Http(Duration.ofSeconds(3), Optional.empty()));
    assertThat(cleanup.deleteRowsOf(RUN)).contains("0 rows", "which is no id of one row");
    assertThat(deleted).isEmpty();
  }
}
