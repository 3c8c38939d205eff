package com.soundcore.kcp.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.testkit.BackendClient.Answer;
import com.soundcore.kcp.testkit.OnOneBackend;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourServicesTest extends OnOneBackend {
  @ParameterizedTest
  @ValueSource(strings = {"knowledge", "content", "support", "analytics", "auth"})
  void everyServiceSaysHowItIs(String service) {
    JsonNode health = backend.get(service, "/health").json();
    assertThat(health.path("status").asText()).isEqualTo("healthy");
    assertThat(health.path("service").asText()).isEqualTo(service + "-service");
    assertThat(health.path("version").asText()).isEqualTo("v1");
    assertThat(health.path("timestamp").isDouble()).isTrue();
    assertThat(backend.get(service, "/ready").json().path("checks").path("database").asText())
        .isEqualTo("ok");
    assertThat(backend.get(service, "/").status()).isEqualTo(200);
    assertThat(backend.get(service, "/api/v1/status").status()).isEqualTo(200);
    Answer answer = backend.get(service, "/health");
    String seconds = answer.response().headers().firstValue("X-Process-Time").orElseThrow();
    assertThat(Double.parseDouble(seconds)).isBetween(0.0, 10.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"knowledge", "content", "support", "analytics", "auth"})
  void everyServiceCountsItsRequestsAndItsProcess(String service) {
    String series =
        service + "_service_requests_total{endpoint=\"/ready\",method=\"GET\",status=\"200\"} ";
    backend.get(service, "/ready");
    String buckets =
        service
            + "_service_request_duration_seconds_bucket{endpoint=\"/ready\",method=\"GET\",le=\"+Inf\"}"
            + " ";
    double before = value(service, series);
    double timed = value(service, buckets);
    backend.get(service, "/ready");
    assertThat(value(service, series)).isEqualTo(before + 1);
    assertThat(value(service, "process_cpu_seconds_total ")).isPositive();
    assertThat(value(service, "process_resident_memory_bytes ")).isGreaterThan(10e6);
    double most = value(service, "process_max_fds ");
    assertThat(value(service, "process_open_fds ")).isPositive().isLessThan(most);
    assertThat(value(service, buckets)).isEqualTo(timed + 1);
  }

  private double value(String service, String series) {
    String page = backend.get(service, "/metrics").body();
    return page.lines()
        .filter(line -> line.startsWith(series))
        .map(line -> Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series + " in\n" + page));
  }

  @Test
  void contentHasTemplatesAndAHistoryOfWhatItGenerated() {
    JsonNode template =
        backend.get("content", "/api/v1/content/templates").json().path("templates").path(0);
    assertThat(template.path("id").asText()).isEqualTo("blog");
    assertThat(template.path("name").asText()).isEqualTo("Blog Post");
    int before = backend.get("content", "/api/v1/content/history").json().path("total").asInt();
    Answer generated =
        backend.post(
            "content", "/api/v1/content/generate", "{\"template_id\":\"faq\",\"prompt\":\"bass\"}");
    assertThat(generated.status()).isEqualTo(200);
    JsonNode history = backend.get("content", "/api/v1/content/history").json();
    assertThat(history.path("total").asInt()).isEqualTo(before + 1);
    assertThat(history.path("history").path(0).path("prompt").asText()).isEqualTo("bass");
  }

  @Test
  void supportPagesItsConversationsAndRemembersAChat() {
    JsonNode page =
        backend.get("support", "/api/v1/support/conversations?page=2&page_size=50").json();
    assertThat(page.path("conversations")).hasSize(50);
    int total = page.path("total").asInt();
    assertThat(backend.post("support", "/api/v1/support/chat", "{\"message\":\"hello\"}").status())
        .isEqualTo(200);
    JsonNode after = backend.get("support", "/api/v1/support/conversations").json();
    assertThat(after.path("total").asInt()).isEqualTo(total + 1);
    assertThat(after.path("conversations").path(0).path("topic").asText()).isEqualTo("hello");
    JsonNode tickets = backend.get("support", "/api/v1/support/tickets").json();
    assertThat(tickets.path("total").asInt()).isEqualTo(60);
    assertThat(backend.get("support", "/api/v1/support/conversations?page=x").status())
        .isEqualTo(422);
  }

  @Test
  void tokensAreRealAndAnyBodyIsTaken() {
    JsonNode login =
        backend.post("auth", "/api/v1/auth/login", "{\"email\":\"ada@x.example\"}").json();
    String token = login.path("access_token").asText();
    assertThat(token.split("\\.")).hasSize(3);
    JsonNode verified =
        backend.post("auth", "/api/v1/auth/verify", "{\"token\":\"" + token + "\"}").json();
    assertThat(verified.path("valid").asBoolean()).isTrue();
    assertThat(verified.path("email").asText()).isEqualTo("ada@x.example");
    String forged = token.substring(0, token.length() - 4) + "AAAA";
    assertThat(
            backend
                .post("auth", "/api/v1/auth/verify", "{\"token\":\"" + forged + "\"}")
                .json()
                .path("valid")
                .asBoolean())
        .isFalse();
    Answer me =
        backend.call("auth", "GET", "/api/v1/users/me", null, "Authorization", "Bearer " + token);
    assertThat(me.json().path("user").path("email").asText()).isEqualTo("ada@x.example");
    assertThat(backend.get("auth", "/api/v1/users/me").json().path("user").path("role").asText())
        .isEqualTo("user");
    String refresh = "{\"refresh_token\":\"" + login.path("refresh_token").asText() + "\"}";
    assertThat(backend.post("auth", "/api/v1/auth/refresh", refresh).json().has("access_token"))
        .isTrue();
    for (String operation : new String[] {"login", "register", "refresh", "verify"}) {
      assertThat(backend.post("auth", "/api/v1/auth/" + operation, "not json").status())
          .isEqualTo(200);
    }
  }

  @Test
  void analyticsComputesWhatReallyHappened() {
    backend.post("knowledge", "/api/v1/search/", "{\"query\":\"narwhal\"}");
    backend.post("knowledge", "/api/v1/search/", "{\"query\":\"narwhal\"}");
    until(
        "/api/v1/analytics/search",
        json ->
            json.path("top_queries").toString().contains("{\"query\":\"narwhal\",\"count\":2}"));

    int users =
        backend.get("analytics", "/api/v1/analytics/overview").json().path("total_users").asInt();
    backend.post("auth", "/api/v1/auth/register", "{\"email\":\"new@x.example\"}");
    until("/api/v1/analytics/overview", json -> json.path("total_users").asInt() == users + 1);
    until("/api/v1/analytics/users", json -> json.path("new_users").asInt() >= 1);

    long views =
        backend
            .get("analytics", "/api/v1/analytics/overview")
            .json()
            .path("content_views")
            .asLong();
    backend.get("knowledge", "/api/v1/knowledge/5");
    until("/api/v1/analytics/overview", json -> json.path("content_views").asLong() > views);
    until("/api/v1/analytics/content", json -> json.path("most_viewed").size() == 10);
  }

  /** Analytics may lag half a second: asks again until it is so, for 5 s. */
  private void until(String path, Predicate<JsonNode> condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(5));
    JsonNode json = backend.get("analytics", path).json();
    while (!condition.test(json) && Instant.now().isBefore(end)) {
      json = backend.get("analytics", path).json();
    }
    assertThat(condition.test(json)).as(path + " answered " + json).isTrue();
  }

  @Test
  void nothingListensBeyondLoopback() throws Exception {
    List<InetAddress> beyond = new ArrayList<>();
    for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (var address : Collections.list(network.getInetAddresses())) {
        if (!address.isLoopbackAddress() && address instanceof Inet4Address) {
          beyond.add(address);
        }
      }
    }
    assertThat(answersAt(InetAddress.getByName("127.0.0.1"))).isTrue();
    assumeFalse(beyond.isEmpty(), "this machine has no address but loopback");
    assertThat(beyond).filteredOn(this::answersAt).isEmpty();
  }

  private boolean answersAt(InetAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, backend.ports().get("auth")), 500);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
