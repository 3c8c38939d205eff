package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SampleRows;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Service.Collection;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.openapi.ApiDocument;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mapper of one service's calls to the routes of a deployment, by method, path and shape. */
public final class DialectMapper {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Service service;
  private final ApiDocument document;
  private final RouteFinder finder;
  private final Dialect.Builder dialect;
  private final RequestMapper requests;
  private final AnswerMapper answers;

  DialectMapper(Service service, String baseUrl, ApiDocument document, Http http) {
    this.service = service;
    this.document = document;
    finder = new RouteFinder(document);
    dialect = new Dialect.Builder(service.name());
    requests = new RequestMapper(service, document, finder, dialect);
    answers = new AnswerMapper(service, baseUrl, document, http, dialect);
  }

  /**
   * Returns the differences. The paths of kcp seed are mapped only for the service that owns its
   * rows.
   */
  Dialect map(SampleRows rows) {
    service.collect().forEach(this::collection);
    service.operations().values().forEach(this::operation);
    service.cleanup().ifPresent(this::cleanup);
    if (rows.service().equals(service.name())) {
      requests.path(
          "kcp.sample-rows.product-path", "POST", rows.productPath(), Set.of("sku", "name"));
      document
          .route("POST", rows.batchPath())
          .or(() -> finder.find("POST", rows.batchPath(), Set.of("items")))
          .ifPresent(route -> requests.path("kcp.sample-rows.batch-path", route, rows.batchPath()));
      requests.path("kcp.sample-rows.find", "GET", rows.find(), Set.of());
      requests.path("kcp.sample-rows.remove", "DELETE", rows.remove(), Set.of());
    }
    return dialect.build();
  }

  /**
   * Returns the differences of a whole deployment.
   *
   * @param documents by service; a service without a document keeps the suite's calls
   */
  public static Dialect all(
      KcpConfig config, Http http, Map<String, URI> urls, Map<String, ApiDocument> documents) {
    List<Dialect> parts = new ArrayList<>();
    for (Service service : config.services()) {
      ApiDocument document = documents.get(service.name());
      if (document != null) {
        parts.add(
            new DialectMapper(service, urls.get(service.name()).toString(), document, http)
                .map(config.sampleRows()));
      }
    }
    return Dialect.of(parts);
  }

  private void collection(String name, Collection collection) {
    String key = "kcp.api." + service.name() + ".collect." + name;
    requests
        .path(key + ".path", "GET", collection.path(), Set.of())
        .ifPresent(
            route ->
                answers.collection(
                    key, name, collection, route, requests.translated(route, collection.path())));
  }

  private void operation(Operation operation) {
    String key = "kcp.api." + service.name() + ".operations." + operation.name();
    requests
        .operation(key, operation)
        .ifPresent(place -> answers.operation(key, operation, place.route(), place.path()));
  }

  private void cleanup(Service.Cleanup cleanup) {
    String key = "kcp.api." + service.name() + ".cleanup";
    requests.path(key + ".find", "GET", cleanup.find(), Set.of());
    answers.cleanup(key, cleanup);
    requests
        .path(key + ".remove", "DELETE", cleanup.remove(), Set.of())
        .ifPresent(route -> requests.status(key, route, cleanup.status()));
  }

  /** Returns the parsed JSON, or a missing node if the text is not JSON. */
  static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }
}
