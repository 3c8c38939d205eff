package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.LiveOptions;
import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.run.Secrets;
import com.soundcore.kcp.testkit.Printed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveServerTest {
  private static final LivePlan PLAN =
      new LivePlan(
          "smoke",
          "local",
          "tour",
          "closed",
          "kcp-smoke-1",
          0,
          1,
          false,
          List.of(),
          List.of(new Phase("hold 10", 0, 60, true, 10, 0, Map.of("auth", 10.0))),
          Map.of("auth", new LivePlan.Target(200, 0.001)),
          Map.of());

  private static final String TOKEN = "live-token-of-a-test-7f3a";

  private static final AtomicInteger SEARCHES = new AtomicInteger();

  private final HttpClient http = HttpClient.newHttpClient();
  private LiveServer server;

  private static Optional<LiveServer> opened(int port) {
    return opened("127.0.0.1", port, Map.of());
  }

  private static Optional<LiveServer> opened(
      String host, int port, Map<String, String> environment) {
    LiveOptions options =
        new LiveOptions(true, host, port, Duration.ZERO, "", Duration.ofSeconds(5));
    return LiveServer.open(
        options,
        LiveAccess.of(options, environment),
        PLAN,
        () -> "kcp_users 10\n".getBytes(StandardCharsets.UTF_8),
        () -> {
          SEARCHES.incrementAndGet();
          return List.<SearchLevel>of();
        });
  }

  private static LiveSnapshot second(int second) {
    Flow flow =
        new Flow(
            10, 9, 100, new Figures(9, 8, 1, 2L, 30L, 40L), new Figures(90, 80, 3, 4L, 50L, 60L));
    return new LiveSnapshot(
        second,
        60,
        "hold 10",
        10,
        10,
        1,
        0,
        flow,
        Map.of("auth", flow),
        Map.of(),
        new GeneratorSample(second, 0.1, 0.2, 3, 4, 0, 50),
        Map.of(),
        List.of(),
        List.of());
  }

  @BeforeEach
  void open() {
    server = opened(0).orElseThrow();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
        BodyHandlers.ofString());
  }

  private JsonNode history() throws Exception {
    return new ObjectMapper().readTree(get("history").body());
  }

  @Test
  void aTakenPortIsReportedAndIsNoReasonNotToMeasure() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AtomicReference<Optional<LiveServer>> none = new AtomicReference<>();
      String printed = Printed.by(() -> none.set(opened(taken.getLocalPort())));
      assertThat(none.get()).isEmpty();
      assertThat(printed)
          .startsWith("  live      no page: 127.0.0.1:" + taken.getLocalPort() + ": ")
          .endsWith(" (kcp.live.port)" + System.lineSeparator())
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"POST, 405", "PUT, 405", "DELETE, 405", "HEAD, 405"})
  void nothingButReadingIsAnswered(String method, int status) throws Exception {
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(server.address()))
            .method(method, BodyPublishers.noBody())
            .build();
    assertThat(http.send(ask, BodyHandlers.ofString()).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 200",
    "localhost, 200",
    "LOCALHOST, 200",
    "[::1], 200",
    "10.1.2.3, 200",
    "evil.example, 403",
    "10.1.2.3.evil.example, 403"
  })
  void onlyAPageUnderItsOwnNameIsAnswered(String host, int status) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
      String ask = "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer.endsWith("kcp_users 10\n")).isEqualTo(status == 200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "no-such-host.invalid"})
  void aPageThatOtherMachinesCanOpenNeedsAToken(String host) {
    assertThatThrownBy(() -> opened(host, 0, Map.of("KCP_LIVE_TOKEN", "too-short")))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "KCP_LIVE_TOKEN has 9 characters; must have at least 16, without blanks: kcp.live.host"
                + " is '%s', so other machines can open the live page. Such as: export"
                + " KCP_LIVE_TOKEN=$(openssl rand -hex 16)",
            host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
  void onLoopbackNoTokenIsNeeded(String host) {
    LiveOptions options = new LiveOptions(true, host, 0, Duration.ZERO, "", Duration.ofSeconds(5));
    assertThat(LiveAccess.of(options, Map.of("KCP_LIVE_TOKEN", TOKEN)).allows(null)).isTrue();
  }

  private HttpResponse<String> get(URI url, String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void onlyTheTokenOpensAPageThatOtherMachinesCanReach(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Map<String, String> environment = Map.of("KCP_LIVE_TOKEN_FILE", file.toString());
    AtomicReference<LiveServer> opened = new AtomicReference<>();
    String printed = Printed.by(() -> opened.set(opened("0.0.0.0", 0, environment).orElseThrow()));
    try (LiveServer wide = opened.get()) {
      int port = URI.create(wide.address()).getPort();
      for (String path : List.of("", "history", "events", "metrics", "report", "none")) {
        URI url = URI.create("http://127.0.0.1:" + port + "/" + path);
        for (String wrong :
            List.of(
                "", "Bearer ", "Bearer " + TOKEN + "x", basic(TOKEN + ":x"), "Basic %", TOKEN)) {
          HttpResponse<String> refused = get(url, wrong);
          assertThat(refused.statusCode()).as(path + " " + wrong).isEqualTo(401);
          assertThat(refused.body()).isEqualTo(LiveAccess.REFUSAL);
          assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        }
      }
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      assertThat(get(metrics, "Bearer " + TOKEN).body()).isEqualTo("kcp_users 10\n");
      assertThat(get(metrics, basic("any:" + TOKEN)).statusCode()).isEqualTo(200);
      assertThat(printed + wide.address()).doesNotContain(TOKEN);
      assertThat(Secrets.hiddenIn("it is " + TOKEN)).isEqualTo("it is (secret)");
    }
  }

  @Test
  void aPageThatComesLateGetsEverySecondThatWas() throws Exception {
    JsonNode before = history();
    assertThat(before.at("/plan/simulation").asText()).isEqualTo("smoke");
    assertThat(before.path("rows").size()).isZero();
    assertThat(before.has("tick")).isFalse();
    server.accept(second(0));
    server.accept(second(1));
    JsonNode past = history();
    assertThat(past.at("/tick/second").asInt()).isEqualTo(1);
    assertThat(past.at("/rows/0/second").asInt(-1)).isZero();
    assertThat(past.at("/rows/1/services/auth").toString()).isEqualTo("[10.0,9.0,1,2,30,40]");
    assertThat(past.path("rows").size()).isEqualTo(2);
  }

  @Test
  void theHistoryIsBuiltOnceASecondHoweverManyAsk() throws Exception {
    server.accept(second(0));
    String first = get("history").body();
    int built = SEARCHES.get();
    for (int i = 0; i < 5; i++) {
      assertThat(get("history").body()).isEqualTo(first);
    }
    assertThat(SEARCHES).hasValue(built);
    server.accept(second(1));
    assertThat(history().at("/tick/second").asInt()).isEqualTo(1);
  }

  @Test
  void aLongRunIsThinnedAndKeepsItsWholeTime() {
    History history = new History();
    for (int second = 0; second < 5 * History.MOST; second++) {
      history.accept(second(second));
    }
    List<Integer> seconds = history.rows().stream().map(History.Row::second).toList();
    assertThat(seconds).hasSizeBetween(History.MOST / 2, History.MOST).isSorted();
    assertThat(seconds.get(0)).isZero();
    assertThat(seconds.get(seconds.size() - 1)).isGreaterThan(5 * History.MOST - 10);
  }

  @Test
  void theReportIsThereOnceTheRunIsJudged(@TempDir Path folder) throws Exception {
    assertThat(get("report").statusCode()).isEqualTo(404);
    Files.createDirectories(folder.resolve("kcp"));
    Files.writeString(folder.resolve("kcp/report.html"), "<p>PASS</p>");
    server.ended("PASS", List.of("31 gates held"), folder);
    HttpResponse<String> report = get("report");
    assertThat(report.body()).isEqualTo("<p>PASS</p>");
    assertThat(report.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void theVerdictReachesAPageThatConnectsAfterIt(@TempDir Path folder) throws Exception {
    server.ended("FAIL", List.of("too slow"), folder);
    try (Socket socket = new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (!line.startsWith("event:")) {
        line = lines.readLine();
      }
      assertThat(line).isEqualTo("event:verdict");
      assertThat(lines.readLine())
          .startsWith("data:{")
          .contains("\"status\":\"FAIL\"", "\"reasons\":[\"too slow\"]");
    }
  }
}
