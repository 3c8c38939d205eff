package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.config.services.Service.Collection;
import com.soundcore.kcp.http.CallPacer;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.http.RowId;
import com.soundcore.kcp.openapi.Names;
import com.soundcore.kcp.preflight.CheckResult;
import com.soundcore.kcp.run.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A client for the rows of a service, at a bounded call rate. Not thread-safe. */
final class RowsApi {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private static final String ARCHIVED = "archived";
  private static final int MOST_ROWS = 2_000_000;

  private final Http http;
  private final String baseUrl;
  private final CallPacer rate;

  RowsApi(Http http, String baseUrl, double callsPerSecond) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.rate = new CallPacer(callsPerSecond);
  }

  /**
   * Returns all rows of a list, page by page.
   *
   * @param path contains {page} or {offset}
   */
  List<JsonNode> all(String path, Collection shape) {
    List<JsonNode> rows = new ArrayList<>();
    List<JsonNode> last = List.of();
    for (int page = 1; ; page++) {
      JsonNode answer = call("GET", Collection.page(path, page, rows.size()), null);
      List<JsonNode> found = rows(answer, shape);
      if (found.equals(last)) {
        // The service ignores the page number, so every page is the same.
        return rows;
      }
      last = found;
      rows.addAll(found);
      if (rows.size() > MOST_ROWS) {
        throw new Refusal(
            "%s lists more than %,d rows. Nothing more was asked.".formatted(path, MOST_ROWS));
      }
      long total = answer.path(shape.total()).asLong(rows.size() + 1L);
      if (found.isEmpty() || rows.size() >= total) {
        return rows;
      }
    }
  }

  /** Returns the rows that one call lists. */
  List<JsonNode> rows(String path, Collection shape) {
    return rows(call("GET", path, null), shape);
  }

  private static List<JsonNode> rows(JsonNode answer, Collection shape) {
    List<JsonNode> rows = new ArrayList<>();
    (answer.isArray() ? answer : answer.path(shape.array())).forEach(rows::add);
    return rows;
  }

  /**
   * Returns the ids of all rows with the tag, without archived rows.
   *
   * @param find the filtered path; contains {page} or {offset}
   * @throws Refusal if the list holds a row without the tag or without a valid id
   */
  Set<String> tagged(String find, String tag, Collection shape) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode row : all(find, shape)) {
      mustHave(tag, row, find);
      if (!Names.field(row, "status").asText().equalsIgnoreCase(ARCHIVED)) {
        JsonNode id = row.path(shape.id());
        ids.add(RowId.of(id).orElseThrow(() -> notOneRow(find, id, shape)));
      }
    }
    return ids;
  }

  /**
   * Returns the id of a listed row that is only referred to.
   *
   * @throws Refusal if it is not valid
   */
  static JsonNode id(String path, JsonNode row, Collection shape) {
    JsonNode id = row.path(shape.id());
    if (RowId.toRead(id).isEmpty()) {
      throw notOneRow(path, id, shape);
    }
    return id;
  }

  private static Refusal notOneRow(String path, JsonNode id, Collection shape) {
    return new Refusal(
        "%s listed a row whose %s is '%s', which is no id of one row; the command stopped there."
            .formatted(path, shape.id(), CheckResult.shown(id.asText())));
  }

  /** A service that ignores an unknown filter lists every row. */
  private static void mustHave(String tag, JsonNode row, String find) {
    if (!RowId.isTagged(Names.field(row, "tags"), tag)) {
      throw new Refusal(
          "%s listed a row without the tag %s: the service does not know that filter (kcp.sample-rows.find)."
              .formatted(find, tag));
    }
  }

  /** Creates a row and returns the response. */
  JsonNode create(String path, ObjectNode row) {
    return call("POST", path, row.toString());
  }

  /** Creates a row and returns its id, which the response must contain. */
  JsonNode create(String path, ObjectNode row, Collection shape) {
    JsonNode answer = create(path, row);
    JsonNode id = answer.has(shape.id()) ? answer.path(shape.id()) : answer.findPath(shape.id());
    if (RowId.of(id).isEmpty()) {
      throw new Refusal(
          "POST %s%s answered without the %s of a new row: %s. What was created stays; type the same command again to go on."
              .formatted(baseUrl, path, shape.id(), CheckResult.shown(answer.toString())));
    }
    return id;
  }

  void delete(String path) {
    call("DELETE", path, null);
  }

  private JsonNode call(String method, String path, String body) {
    rate.await();
    Answer answer = http.call(method, baseUrl + path, body);
    if (answer.status() < 200 || answer.status() > 299) {
      String came =
          answer.status() == 0
              ? "got no answer: " + answer.body()
              : "was answered with %d: %s"
                  .formatted(answer.status(), CheckResult.shown(answer.body()));
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

  /** Returns a row as JSON with snake-case names and without null fields. */
  static ObjectNode json(Object row) {
    return JSON.valueToTree(row);
  }
}
