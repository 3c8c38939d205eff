package com.soundcore.kcp.survival;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.testkit.Authority;
import com.soundcore.kcp.testkit.BackendClient;
import com.soundcore.kcp.testkit.Certificate;
import com.soundcore.kcp.testkit.Gateway;
import com.soundcore.kcp.testkit.Gateway.Passing;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A backend that is healthy until the event; then one of its services answers something else, or
 * comes again with a certificate that has expired.
 */
final class ChangingSystem implements AutoCloseable {
  private final BackendClient backend = new BackendClient(2000, false);
  private final String service;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Certificate expired;
  private Gateway gateway;
  private volatile boolean changed;

  /**
   * @param answers the service, and the status, headers and body from the event on, or "expired"
   * @param work a folder for certificates
   */
  ChangingSystem(JsonNode answers, Path work) {
    service = answers.path("service").asText();
    gateway = answers.path("expired").asBoolean() ? encrypted(work) : answering(answers);
  }

  private Gateway answering(JsonNode answers) {
    Map<String, String> headers = new LinkedHashMap<>();
    answers
        .path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    Passing answer =
        new Passing(
            answers.path("status").asInt(),
            headers,
            answers.path("body").asText(),
            answers.path("times").asInt(1));
    return Gateway.before(real(), (call, real) -> changed ? answer : real);
  }

  private Gateway encrypted(Path work) {
    try {
      Authority authority = Authority.in(work);
      expired = authority.sign("-3d", 2);
      environment.put("KCP_TRUST_STORE", authority.store().toString());
      environment.put("KCP_TRUST_STORE_PASSWORD", Certificate.PASSWORD);
      return Gateway.encrypted(real(), authority.sign("-1d", 2).context(), false);
    } catch (IOException | InterruptedException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private int real() {
    return backend.ports().get(service);
  }

  /** What a run must know to find it. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>(backend.urls());
    properties.put("kcp.env", "local");
    properties.put("kcp.environment.urls." + service, gateway.url());
    return properties;
  }

  /** Environment variables that a run needs. */
  Map<String, String> environment() {
    return environment;
  }

  void change() {
    changed = true;
    if (expired != null) {
      int port = gateway.port();
      gateway.close();
      try {
        gateway = Gateway.encrypted(port, real(), expired.context(), false);
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    gateway.close();
    backend.close();
  }
}
