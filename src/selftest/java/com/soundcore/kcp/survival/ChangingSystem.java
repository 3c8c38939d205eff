package com.soundcore.kcp.survival;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.testkit.BackendClient;
import com.soundcore.kcp.testkit.Gateway;
import com.soundcore.kcp.testkit.Gateway.Passing;
import java.util.LinkedHashMap;
import java.util.Map;

/** A backend that is healthy until the event; then one of its services answers something else. */
final class ChangingSystem implements AutoCloseable {
  private final BackendClient backend = new BackendClient(2000, false);
  private final String service;
  private final Gateway gateway;
  private volatile boolean changed;

  /**
   * @param answers the service, and the status, headers and body from the event on
   */
  ChangingSystem(JsonNode answers) {
    service = answers.path("service").asText();
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
    gateway = Gateway.before(backend.ports().get(service), (call, real) -> changed ? answer : real);
  }

  /** What a run must know to find it. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("kcp.env", "local");
    backend
        .ports()
        .forEach(
            (name, port) ->
                properties.put("kcp.environment.urls." + name, "http://127.0.0.1:" + port));
    properties.put("kcp.environment.urls." + service, gateway.url());
    return properties;
  }

  void change() {
    changed = true;
  }

  @Override
  public void close() {
    gateway.close();
    backend.close();
  }
}
