package com.soundcore.kcp.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.backend.Backend;
import com.soundcore.kcp.backend.BackendSettings;
import com.soundcore.kcp.backend.fault.PlantedFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real backend on free ports, and real calls to it, for tests. */
public final class BackendClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where the rows are. */
  public enum Store {
    MEMORY,
    POSTGRES
  }

  /** An answer. */
  public record Answer(int status, String body, HttpResponse<String> response) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Backend backend;
  private final Optional<DatabaseProcess> database;

  public BackendClient(int maxItems, boolean plannedDialect) {
    this(maxItems, plannedDialect, Optional.empty(), List.of());
  }

  /** One whose rows are there. */
  public static BackendClient on(Store store) {
    Optional<DatabaseProcess> database =
        store == Store.POSTGRES ? Optional.of(new DatabaseProcess()) : Optional.empty();
    return new BackendClient(2000, false, database, List.of());
  }

  /** One into which something is planted; the load starts at once. */
  public BackendClient(PlantedFault... faults) {
    this(2000, false, Optional.empty(), List.of(faults));
    backend.loadStarts();
  }

  private BackendClient(
      int maxItems,
      boolean plannedDialect,
      Optional<DatabaseProcess> database,
      List<PlantedFault> faults) {
    this.database = database;
    Map<String, Integer> ports = new LinkedHashMap<>();
    List.of("knowledge", "content", "support", "analytics", "auth").forEach(s -> ports.put(s, 0));
    backend =
        Backend.start(
            new BackendSettings(
                ports,
                7,
                1200,
                40,
                120,
                60,
                maxItems,
                30,
                Duration.ofSeconds(5),
                plannedDialect,
                database.map(DatabaseProcess::url),
                false,
                faults));
  }

  public Map<String, Integer> ports() {
    return backend.ports();
  }

  public Answer get(String service, String path) {
    return call(service, "GET", path, null);
  }

  public Answer post(String service, String path, String body) {
    return call(service, "POST", path, body);
  }

  public Answer call(String service, String method, String path, String body, String... headers) {
    URI uri = URI.create("http://127.0.0.1:" + backend.ports().get(service) + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null && headers.length == 0) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    backend.close();
    database.ifPresent(DatabaseProcess::close);
  }
}
