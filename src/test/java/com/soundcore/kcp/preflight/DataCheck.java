package com.soundcore.kcp.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Service.Collection;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.http.RowId;
import com.soundcore.kcp.workload.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A check that a service has representative data. It also collects the ids of the rows, from pages
 * spread over the whole list and not only the newest. Rows of earlier load tests are left out.
 */
final class DataCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Service service;
  private final String baseUrl;
  private final Catalog catalog;
  private final Http http;
  private final ServiceFindings findings;

  DataCheck(Service service, String baseUrl, Catalog catalog, Http http, ServiceFindings findings) {
    this.service = service;
    this.baseUrl = baseUrl;
    this.catalog = catalog;
    this.http = http;
    this.findings = findings;
  }

  /**
   * Reads every collection and stores its ids in the catalog.
   *
   * @param environment named in the advice if there is too little data
   * @return whether every collection has enough rows
   */
  boolean passes(String environment) {
    boolean all = true;
    for (Map.Entry<String, Collection> entry : service.collect().entrySet()) {
      all &= collect(entry.getKey(), entry.getValue(), environment);
    }
    return all;
  }

  private boolean collect(String name, Collection collection, String environment) {
    List<JsonNode> rows = new ArrayList<>();
    String first = url(collection, 1, 0);
    Answer answer = http.call("GET", first, null);
    if (answer.status() != 200) {
      return findings.answered(ServiceFindings.DATA + name, "GET " + first, 200, List.of(), answer);
    }
    JsonNode page = parsed(answer.body());
    int perPage = page.path(collection.array()).size();
    long total = page.path(collection.total()).asLong();
    int read = perPage;
    keep(page, collection, rows);
    for (int number : others(total, perPage, collection.pages())) {
      String url = url(collection, number, perPage);
      answer = http.call("GET", url, null);
      if (answer.status() != 200) {
        return findings.answered(ServiceFindings.DATA + name, "GET " + url, 200, List.of(), answer);
      }
      page = parsed(answer.body());
      read += page.path(collection.array()).size();
      keep(page, collection, rows);
    }
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode row : rows) {
      JsonNode id = row.path(collection.id());
      Optional<String> one = RowId.toRead(id);
      if (one.isEmpty()) {
        return noId(name, collection, first, id);
      }
      ids.add(one.get());
      findings.known(name, row);
    }
    long own = read == 0 ? 0 : Math.round((double) total * rows.size() / read);
    return isEnough(name, collection, first, List.copyOf(ids), own, total, environment);
  }

  private boolean noId(String name, Collection collection, String url, JsonNode id) {
    findings.add(
        new CheckResult(
            service.name(),
            ServiceFindings.DATA + name,
            "GET " + url,
            "an id in each row",
            "a row whose %s is '%s'".formatted(collection.id(), CheckResult.shown(id.asText())),
            false,
            "An id is one segment of a path: at most 200 characters, without '/' or spaces. Write the key of the ids into kcp.api.%s.collect.%s.id."
                .formatted(service.name(), name)));
    return false;
  }

  private boolean isEnough(
      String name,
      Collection collection,
      String url,
      List<String> ids,
      long own,
      long total,
      String environment) {
    boolean enough = own >= collection.atLeast() && !ids.isEmpty();
    if (enough) {
      catalog.put(service.name(), name, ids);
      findings.rows(name, own);
    }
    String left = own < total ? ", without what load tests left" : "";
    findings.add(
        new CheckResult(
            service.name(),
            ServiceFindings.DATA + name,
            "GET " + url,
            "at least %,d rows".formatted(collection.atLeast()),
            "%,d rows, %,d ids%s".formatted(own, ids.size(), left),
            enough,
            "Fill it with representative data: %s, or ask for less: kcp.api.%s.collect.%s.at-least in conf/environments/%s.conf."
                .formatted(
                    SuiteCommand.kcp("seed " + environment), service.name(), name, environment)));
    return enough;
  }

  private String url(Collection collection, int page, int perPage) {
    return baseUrl + Collection.page(collection.path(), page, (page - 1L) * perPage);
  }

  /** Spreads the pages after the first evenly over the list. */
  private static List<Integer> others(long total, int perPage, int most) {
    List<Integer> pages = new ArrayList<>();
    long all = perPage == 0 ? 0 : (total + perPage - 1) / perPage;
    long asked = Math.min(all, most);
    for (int i = 1; i < asked; i++) {
      pages.add((int) (1 + Math.round((double) i * (all - 1) / (asked - 1))));
    }
    return pages;
  }

  /** Keeps the rows of a page that no load test created. */
  private static void keep(JsonNode page, Collection collection, List<JsonNode> rows) {
    for (JsonNode row : page.path(collection.array())) {
      if (collection.except().stream().noneMatch(text -> row.toString().contains(text))) {
        rows.add(row);
      }
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }
}
