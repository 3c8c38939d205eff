package com.soundcore.kcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.onboarding.EnvironmentFile;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.Gateway.Passing;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real backend as a deployment with one service that is not as it should be, for tests. */
public final class CrookedDeployment implements AfterAllCallback {
  private final BackendClient backend = new BackendClient(2000, false);

  public int port(String service) {
    return backend.ports().get(service);
  }

  /** A gateway before a service. */
  public Gateway gateway(String service, Gateway.Twist twist) {
    return Gateway.before(port(service), twist);
  }

  /** The same answer to every call. */
  public static Gateway.Twist always(int status, String body) {
    return (call, real) -> new Passing(status, body);
  }

  /** Another answer to the calls that begin so, such as "GET /health". */
  public static Gateway.Twist on(String start, Passing answer) {
    return (call, real) -> call.startsWith(start) ? answer : real;
  }

  /**
   * Its configuration, with the URL of one service replaced.
   *
   * @param lines of its environment's file
   */
  public KcpConfig config(String service, String url, String... lines) {
    Map<String, URI> urls = new LinkedHashMap<>();
    backend.ports().forEach((name, port) -> urls.put(name, URI.create("http://127.0.0.1:" + port)));
    urls.put(service, URI.create(url));
    String text =
        new EnvironmentFile("crooked", "A test.", false, urls, Optional.empty()).text()
            + String.join("\n", lines);
    return ConfigLoader.withEnvironment("crooked", text);
  }

  public static Preflight.Found check(KcpConfig config, Optional<String> token) {
    return check(config, new Http(config.preflight().callTimeout(), token));
  }

  public static Preflight.Found check(KcpConfig config, Http http) {
    return Preflight.of(config, http, config.workloads().get("tour"));
  }

  /** What it is refused with: a sentence that says what to do, and nothing of Java. */
  public static String refusal(KcpConfig config, Optional<String> token) {
    return refusal(config, new Http(config.preflight().callTimeout(), token));
  }

  public static String refusal(KcpConfig config, Http http) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> check(config, http));
    assertThat(refusal).as("must be refused").isNotNull();
    assertThat(refusal.getMessage())
        .contains("No load was sent.", "What to do")
        .doesNotContain("Exception", "\tat ", "null");
    return refusal.getMessage();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    backend.close();
  }
}
