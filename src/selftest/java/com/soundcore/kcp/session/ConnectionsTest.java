package com.soundcore.kcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.BackendClient;
import com.soundcore.kcp.testkit.ForwardProxy;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the calls of real runs travel. */
@Tag("full")
class ConnectionsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static Map<String, String> through(ForwardProxy proxy, BackendClient backend) {
    Map<String, String> properties = new HashMap<>(backend.urls());
    properties.put("kcp.env", "local");
    properties.put("kcp.tests.smoke.stages.1.hold", "10s");
    properties.put("kcp.sessions.proxy", proxy.url());
    // PASS is asserted, and a slow machine would make it INVALID.
    return SuiteProcess.onAnyMachine(properties);
  }

  @Test
  void aRunGoesThroughItsProxyAndClosesAsManyConnectionsAsItShould() throws IOException {
    try (BackendClient backend = new BackendClient(2000, false);
        ForwardProxy proxy = new ForwardProxy()) {
      Map<String, String> properties = through(proxy, backend);
      properties.put("kcp.sessions.churn", "50%");
      Map<String, String> login =
          Map.of("KCP_PROXY_USER", ForwardProxy.USER, "KCP_PROXY_PASSWORD", ForwardProxy.PASSWORD);
      try (SuiteProcess run = SuiteProcess.start("Smoke", properties, login)) {
        assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
        assertThat(run.output()).contains("PASS").doesNotContain(ForwardProxy.PASSWORD);
        int calls = calls(run);
        assertThat(calls).isGreaterThan(100);
        // The preflight's go there, too.
        assertThat(proxy.passed()).isGreaterThan(calls);
        assertThat(proxy.closing()).isEqualTo(calls / 2);
      }
    }
  }

  private static int calls(SuiteProcess run) throws IOException {
    JsonNode services =
        new ObjectMapper()
            .readTree(run.folder().resolve("kcp").resolve("summary.json").toFile())
            .path("requests");
    int calls = 0;
    for (JsonNode one : services) {
      calls += one.path("requests").asInt();
    }
    return calls;
  }

  @Test
  void aProxyThatLetsNobodyPassIsNamed() {
    try (BackendClient backend = new BackendClient(2000, false);
        ForwardProxy proxy = new ForwardProxy();
        SuiteProcess run = SuiteProcess.start("Smoke", through(proxy, backend))) {
      assertThat(run.exitCode(LIMIT)).isEqualTo(3);
      assertThat(run.output()).contains("KCP_PROXY_USER").doesNotContain("\tat ");
    }
  }
}
