package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.http.RowId;
import com.soundcore.kcp.preflight.CheckResult;
import com.soundcore.kcp.run.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Rows of a service by its own calls, at a bounded rate. Of one thread. */
final class RowsApi {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private static final String ARCHIVED = "archived";

  private final Http http;
  private final String baseUrl;
  private final long nanosBetween;
  private long next = System.nanoTime();

  RowsApi(Http http, String baseUrl, double callsPerSecond) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.nanosBetween = (long) (TimeUnit.SECONDS.toNanos(1) / callsPerSecond);
  }

  /** Every row of a list, page by page. */
  List<JsonNode> all(String path, int pageSize) {
    List<JsonNode> rows = new ArrayList<>();
    for (int page = 1; ; page++) {
      JsonNode answer = call("GET", path + "?page=" + page + "&page_size=" + pageSize, null, 200);
      answer.path("items").forEach(rows::add);
      if (answer.path("items").isEmpty() || rows.size() >= answer.path("total").asLong()) {
        return rows;
      }
    }
  }

  /**
   * Ids of all rows that a filter finds, which must know the tag, without those that are archived.
   *
   * @param find with {page}
   */
  Set<String> tagged(String find, String tag) {
    Set<String> ids = new LinkedHashSet<>();
    long seen = 0;
    for (int page = 1; ; page++) {
      JsonNode answer = call("GET", find.replace("{page}", String.valueOf(page)), null, 200);
      for (JsonNode row : answer.path("items")) {
        mustHave(tag, row, find);
        seen++;
        if (!row.path("status").asText().equals(ARCHIVED)) {
          ids.add(
              RowId.of(row.path("id"))
                  .orElseThrow(
                      () ->
                          new Refusal(
                              "%s listed a row whose id is '%s', which is no id of one row. Nothing was removed."
                                  .formatted(find, CheckResult.shown(row.path("id").asText())))));
        }
      }
      if (answer.path("items").isEmpty() || seen >= answer.path("total").asLong()) {
        return ids;
      }
    }
  }

  /** A service that does not know the filter lists everything. */
  private static void mustHave(String tag, JsonNode row, String find) {
    if (!row.path("tags").toString().contains("\"" + tag + "\"")) {
      throw new Refusal(
          "%s listed a row without the tag %s: the service does not know that filter (kcp.sample-rows.find)."
              .formatted(find, tag));
    }
  }

  JsonNode create(String path, Object row) {
    return call("POST", path, json(row), 201);
  }

  JsonNode createAll(String path, List<?> rows) {
    return call("POST", path, json(Map.of("items", rows)), 200);
  }

  void delete(String path) {
    call("DELETE", path, null, 204);
  }

  private JsonNode call(String method, String path, String body, int status) {
    LockSupport.parkNanos(next - System.nanoTime());
    next = Math.max(next, System.nanoTime()) + nanosBetween;
    Answer answer = http.call(method, baseUrl + path, body);
    if (answer.status() != status) {
      String came =
          answer.status() == 0
              ? "got no answer: " + answer.body()
              : "was answered with %d in place of %d: %s"
                  .formatted(answer.status(), status, CheckResult.shown(answer.body()));
      throw new Refusal(
          "%s %s%s %s. What was created stays; type the same command again to go on."
              .formatted(method, baseUrl, path, came));
    }
    try {
      return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    } catch (JsonProcessingException e) {
      throw new Refusal("%s %s%s answered no JSON.".formatted(method, baseUrl, path));
    }
  }

  private static String json(Object row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
