package com.soundcore.kcp.preflight;

import static com.soundcore.kcp.testkit.CrookedDeployment.check;
import static com.soundcore.kcp.testkit.CrookedDeployment.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.testkit.Certificate;
import com.soundcore.kcp.testkit.CrookedDeployment;
import com.soundcore.kcp.testkit.SuiteProcess;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Protocols;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Preflight and load speak the same protocol: where a server wants it, HTTP/2. */
class Http2DeploymentTest {
  @RegisterExtension private static final CrookedDeployment deployment = new CrookedDeployment();

  private Map<String, String> trusting;

  private Http http(boolean http2) {
    return new Http(Duration.ofSeconds(3), Optional::empty, trusting, http2, Optional.empty());
  }

  @Test
  @Tag("full")
  void aDeploymentThatSpeaksHttp2AloneIsServedInIt(@TempDir Path folder) throws Exception {
    Certificate own = Certificate.of(folder, "IP:127.0.0.1");
    trusting =
        Map.of(
            "KCP_TRUST_STORE",
            own.store().toString(),
            "KCP_TRUST_STORE_PASSWORD",
            Certificate.PASSWORD);
    LoadBalancingProxyClient real = new LoadBalancingProxyClient();
    real.addHost(URI.create("http://127.0.0.1:" + deployment.port("auth")));
    HttpHandler pass = ProxyHandler.builder().setProxyClient(real).build();
    int port = SuiteProcess.freePort();
    Undertow modern =
        Undertow.builder()
            .addHttpsListener(port, "127.0.0.1", own.context())
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(
                call -> {
                  if (call.getProtocol().equals(Protocols.HTTP_2_0)) {
                    pass.handleRequest(call);
                  } else {
                    call.setStatusCode(505).endExchange();
                  }
                })
            .build();
    modern.start();
    try {
      String url = "https://127.0.0.1:" + port;
      assertThat(refusal(deployment.config("auth", url), http(false)))
          .contains("It accepts HTTP/2 only", "-Dkcp.sessions.http2=true");
      KcpConfig config = deployment.config("auth", url, "kcp.sessions.http2 = true");
      Http http2 = http(true);
      assertThat(check(config, http2).caveats()).isEmpty();

      Map<String, String> overrides =
          Map.of(
              "kcp.env", "local",
              "kcp.services", "auth",
              "kcp.tests.smoke.stages.1.hold", "20s",
              "kcp.environment.urls.auth", url,
              "kcp.sessions.http2", "true");
      // PASS is asserted, and a slow machine would make it INVALID.
      try (SuiteProcess run =
          SuiteProcess.start("Smoke", SuiteProcess.onAnyMachine(overrides), trusting)) {
        assertThat(run.exitCode(Duration.ofMinutes(3))).as(run.output()).isZero();
      }
    } finally {
      modern.stop();
    }
  }
}
