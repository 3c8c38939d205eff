package com.soundcore.kcp.live;

import static com.soundcore.kcp.live.Ticks.calls;
import static com.soundcore.kcp.live.Ticks.flow;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.live.LiveSnapshot.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LiveServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Flow> SERVICES =
      Map.of(
          "auth", flow(calls(9, 9, 0, 150L), calls(9, 9, 0, 150L)),
          "content", flow(calls(9, 9, 0, 300L), calls(9, 9, 0, 300L)));

  private final HttpClient http = HttpClient.newHttpClient();
  private final LiveServer server =
      LiveServer.open(
              "127.0.0.1",
              0,
              Ticks.PLAN,
              () -> "kcp_users 1.0\n".getBytes(StandardCharsets.UTF_8),
              List::of)
          .orElseThrow();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  @Test
  void figuresAreThoseOfTheMomentAndNobodyKeepsThem() throws Exception {
    HttpResponse<String> metrics = get("metrics");
    assertThat(metrics.body()).isEqualTo("kcp_users 1.0\n");
    assertThat(metrics.headers().firstValue("Content-Type")).contains(PrometheusPage.CONTENT_TYPE);
    assertThat(metrics.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void thePastHasARowForEachSecondThatWasSeen() throws Exception {
    JsonNode before = JSON.readTree(get("history").body());
    assertThat(before.path("plan").path("simulation").asText()).isEqualTo("load");
    assertThat(before.path("rows")).isEmpty();
    assertThat(before.has("tick")).isFalse();
    server.accept(Ticks.at(0, "hold", 0, SERVICES));
    server.accept(Ticks.at(1, "hold", 0, SERVICES));
    JsonNode after = JSON.readTree(get("history").body());
    assertThat(after.path("rows")).hasSize(2);
    assertThat(after.path("tick").path("second").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void nobodyCanWrite(String method) throws Exception {
    HttpRequest write = request("").method(method, BodyPublishers.noBody()).build();
    assertThat(http.send(write, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void theReportIsThereOnceTheRunIsJudged(@TempDir Path folder) throws Exception {
    assertThat(get("report").statusCode()).isEqualTo(404);
    Files.createDirectories(folder.resolve("kcp"));
    Files.writeString(folder.resolve("kcp").resolve("report.html"), "<p>a report");
    server.ended("PASS", List.of(), folder);
    assertThat(get("report").body()).isEqualTo("<p>a report");
  }

  @Test
  void aPageThatOpensAfterTheEndGetsTheVerdict(@TempDir Path folder) throws Exception {
    server.ended("FAIL", List.of("too slow"), folder);
    try (Stream<String> lines =
        http.send(request("events").build(), BodyHandlers.ofLines()).body()) {
      Iterator<String> events = lines.filter(line -> !line.isEmpty()).iterator();
      List<String> first = List.of(events.next(), events.next());
      assertThat(first).contains("event:verdict");
      String data = first.stream().filter(line -> line.startsWith("data:")).findFirst().get();
      JsonNode verdict = JSON.readTree(data.substring("data:".length()));
      assertThat(verdict.path("status").asText()).isEqualTo("FAIL");
      assertThat(verdict.path("reasons").get(0).asText()).isEqualTo("too slow");
    }
  }

  @Test
  void aPortThatIsTakenIsNoReasonNotToMeasure() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(
              LiveServer.open(
                  "127.0.0.1", taken.getLocalPort(), Ticks.PLAN, () -> new byte[0], List::of))
          .isEmpty();
    }
  }
}
