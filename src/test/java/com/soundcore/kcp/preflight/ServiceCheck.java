package com.soundcore.kcp.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.preflight.Http.Answer;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.DrawnCall;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The preflight of one service: health, then data, then each operation that the mix will call. */
final class ServiceCheck implements Callable<List<CheckResult>> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KcpConfig config;
  private final TrafficMix.Part part;
  private final Service service;
  private final String baseUrl;
  private final ServiceFeeder feeder;
  private final Catalog catalog;
  private final Http http;
  private final List<CheckResult> findings = new ArrayList<>();

  ServiceCheck(
      KcpConfig config,
      TrafficMix.Part part,
      Map<String, ServiceFeeder> feeders,
      Catalog catalog,
      Http http) {
    this.config = config;
    this.part = part;
    this.service = part.service();
    this.baseUrl = config.environment().urls().get(service.name()).toString();
    this.feeder = feeders.get(service.name());
    this.catalog = catalog;
    this.http = http;
  }

  @Override
  public List<CheckResult> call() {
    if (isHealthy() && hasData()) {
      part.operations().forEach(this::operation);
    }
    return findings;
  }

  private boolean isHealthy() {
    String url = baseUrl + config.health().path();
    Answer answer = http.call("GET", url, null);
    return add("health", "GET " + url, 200, config.health().contains(), answer);
  }

  private boolean hasData() {
    boolean all = true;
    for (Map.Entry<String, Service.Collection> entry : service.collect().entrySet()) {
      all &= collect(entry.getKey(), entry.getValue());
    }
    return all;
  }

  private boolean collect(String name, Service.Collection collection) {
    List<String> ids = new ArrayList<>();
    long total = 0;
    String url = "";
    for (int page = 1; page <= collection.pages() && (page == 1 || ids.size() < total); page++) {
      url = baseUrl + collection.path().replace("{page}", String.valueOf(page));
      Answer answer = http.call("GET", url, null);
      if (answer.status() != 200) {
        return add("data: " + name, "GET " + url, 200, List.of(), answer);
      }
      JsonNode json = parsed(answer.body());
      total = json.path(collection.total()).asLong();
      int before = ids.size();
      json.path(collection.array()).forEach(row -> ids.add(row.path(collection.id()).asText()));
      if (ids.size() == before) {
        break;
      }
    }
    boolean enough = total >= collection.atLeast() && !ids.isEmpty();
    if (enough) {
      catalog.put(service.name(), name, ids);
    }
    String expected = "at least %,d rows".formatted(collection.atLeast());
    String received = "%,d rows, %,d ids".formatted(total, ids.size());
    findings.add(
        new CheckResult(service.name(), "data: " + name, "GET " + url, expected, received, enough));
    return enough;
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  private void operation(String name) {
    DrawnCall call = feeder.next(name);
    Answer answer = http.call(call.operation().method(), call.url(), call.body());
    String sent = call.operation().method() + " " + call.url();
    List<String> forbidden =
        call.operation().forbids().stream().filter(answer.body()::contains).toList();
    if (!forbidden.isEmpty()) {
      String expected = "an answer without " + String.join(", ", forbidden);
      String received = answer.status() + " " + answer.body();
      findings.add(new CheckResult(service.name(), name, sent, expected, received, false));
      return;
    }
    add(name, sent, call.operation().status(), call.contains(), answer);
  }

  private boolean add(String check, String sent, int status, List<String> contains, Answer answer) {
    List<String> missing =
        contains.stream().filter(piece -> !answer.body().contains(piece)).toList();
    boolean passed = answer.status() == status && missing.isEmpty();
    String pieces = contains.isEmpty() ? "" : " with " + String.join(", ", contains);
    String came = answer.status() == 0 ? "" : answer.status() + " ";
    findings.add(
        new CheckResult(
            service.name(), check, sent, status + pieces, came + answer.body(), passed));
    return passed;
  }
}
