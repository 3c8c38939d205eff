package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.onboarding.Seeder;
import com.soundcore.kcp.run.Refusal;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that lists rows with ids that lead to other rows, each with the run's own tag. */
class HostileRowsTest {
  private static final String RUN = "kcp-test-20260131-235959-1a2b";

  static {
    // Else each answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private volatile String row = "";
  private volatile String body = "";
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
          String list =
              body.isEmpty() ? "{\"items\":[{%s\"tags\":[\"%s\"]}]}".formatted(row, RUN) : body;
          byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
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

  private static final int ANSWERS = 300;

  /** Tags of other people's rows: near the tag, and around it, but never it. */
  private static String tags(Random random, String tag) {
    List<String> forms =
        List.of(
            "[]",
            "null",
            "7",
            "\"%s\"",
            "\"a,%s,b\"",
            "[\"%s \"]",
            "[\"x%s\"]",
            "[\"%s-2\"]",
            "[[\"%s\"]]",
            "[{\"name\":\"%s\"}]",
            "{\"%s\":true}",
            "{\"tag\":\"%s\"}",
            "[\"\\\"%s\\\"\"]",
            "[null,1,true]");
    return forms.get(random.nextInt(forms.size())).replace("%s", tag);
  }

  /** Ids that are other rows' own, or lead to them. */
  private static String id(Random random) {
    List<String> forms =
        List.of(
            "%d",
            "\"theirs-%d\"",
            "\"../products/%d\"",
            "\"%d/../8\"",
            "\"%d%%2f..\"",
            "\"%d?all=true\"",
            "\"%d\\u0000\"",
            "\"\"",
            "null",
            "[%d]",
            "{\"id\":%d}",
            "%d.5",
            "true",
            "\"" + "9".repeat(65) + "%d\"");
    return forms.get(random.nextInt(forms.size())).formatted(random.nextInt(1000));
  }

  /** A page with rows of others and, now and then, one of this command's own. */
  private static String answer(Random random, String tag) {
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      rows.add("{\"id\":%s,\"tags\":%s}".formatted(id(random), tags(random, tag)));
    }
    if (random.nextBoolean()) {
      rows.add(random.nextInt(rows.size()), "{\"id\":\"own-1\",\"tags\":[\"%s\"]}".formatted(tag));
    }
    if (random.nextInt(4) == 0) {
      rows.removeIf(one -> !one.contains("own-1"));
    }
    String total = random.nextBoolean() ? "" : ",\"total\":" + random.nextInt(2_000_000_000);
    String text = "{\"items\":[%s]%s}".formatted(String.join(",", rows), total);
    return random.nextInt(20) == 0 ? text.substring(0, text.length() / 2) : text;
  }

  @Test
  @Tag("full")
  void noHostileAnswerMakesACommandDeleteRowsOfOthers() {
    Properties properties = new Properties();
    properties.setProperty("kcp.env", "local");
    properties.setProperty("kcp.sample-rows.calls-per-second", "10000");
    properties.setProperty(
        "kcp.environment.urls.knowledge", "http://127.0.0.1:" + service.getAddress().getPort());
    KcpConfig config = ConfigLoader.load(properties);
    Http http = new Http(Duration.ofSeconds(3), Optional.empty());
    Random random = new Random(37);
    for (int i = 0; i < ANSWERS; i++) {
      body = answer(random, RUN);
      new Cleanup(config, http).afterRun(RUN);
      body = answer(random, config.sampleRows().tag());
      try {
        new Seeder(config, http, line -> {}).remove();
      } catch (Refusal refused) {
        assertThat(refused.getMessage()).doesNotContain("Exception");
      }
    }
    assertThat(deleted).isNotEmpty().containsOnly("/api/v1/knowledge/own-1");
  }
}
