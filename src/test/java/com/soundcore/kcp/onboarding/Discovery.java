package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.Environment.Page;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.openapi.ApiDocument;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A survey of a deployment with a few GET requests: its health, API documents, row counts and
 * metrics.
 */
public final class Discovery {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 80;

  private static final List<String> DOCUMENTS =
      List.of("/api/openapi.json", "/api/v1/openapi.json", "/docs/openapi.json");
  private static final List<String> HEALTH = List.of("/healthz", "/api/health", "/api/v1/health");

  private final Http http;
  private final Map<String, URI> urls;
  private final Map<String, Answer> answers = new HashMap<>();
  private final Map<String, String> pages = new TreeMap<>();

  /**
   * @param urls the URL of each service
   */
  public Discovery(Http http, Map<String, URI> urls) {
    this.http = http;
    this.urls = urls;
  }

  /**
   * The result for one service.
   *
   * @param healthy whether its health page passed, or is missing while its OpenAPI document exists
   * @param words the result in words, separated by commas
   */
  public record Look(String service, boolean healthy, String words) {}

  /** Checks each service. */
  public List<Look> services(KcpConfig config) {
    return config.services().stream().map(service -> look(config, service.name())).toList();
  }

  /** Returns the pages with another URL than the usual one, or with none, by "service.page". */
  public Map<String, String> pages() {
    return Map.copyOf(pages);
  }

  private Answer get(String url) {
    return answers.computeIfAbsent(url, asked -> http.call("GET", asked, null));
  }

  private boolean isHealthy(KcpConfig config, Answer answer) {
    return answer.status() == 200
        && config.health().contains().stream().allMatch(answer.body()::contains);
  }

  /**
   * Tries the usual path first, then other common paths, then the same paths at the gateway's
   * origin.
   */
  private Optional<String> page(
      String service, Page page, List<String> paths, Predicate<Answer> right) {
    String base = urls.get(service).toString();
    String origin = base.replaceAll("^(https?://[^/]+).*", "$1");
    if (right.test(get(base + paths.get(0)))) {
      return Optional.of(base + paths.get(0));
    }
    List<String> elsewhere = new ArrayList<>();
    paths.stream().skip(1).forEach(path -> elsewhere.add(base + path));
    if (!origin.equals(base)) {
      paths.forEach(path -> elsewhere.add(origin + path));
    }
    Optional<String> found = elsewhere.stream().filter(url -> right.test(get(url))).findFirst();
    String key = service + "." + page.name().toLowerCase(Locale.ROOT);
    if (found.isPresent() || page != Page.DESCRIPTION) {
      pages.put(key, found.orElse(Environment.NONE));
    }
    return found;
  }

  /** Returns the OpenAPI document of each service that publishes one. */
  public Map<String, ApiDocument> documents(KcpConfig config) {
    Map<String, ApiDocument> documents = new LinkedHashMap<>();
    for (Service service : config.services()) {
      URI url = urls.get(service.name());
      page(
              service.name(),
              Page.DESCRIPTION,
              candidates(config.preflight().description(), DOCUMENTS),
              answer -> answer.status() == 200 && ApiDocument.of(answer.body(), url).isPresent())
          .flatMap(page -> ApiDocument.of(get(page).body(), url))
          .ifPresent(document -> documents.put(service.name(), document));
    }
    return documents;
  }

  private static List<String> candidates(String usual, List<String> others) {
    List<String> all = new ArrayList<>();
    all.add(usual);
    all.addAll(others);
    return all;
  }

  private Look look(KcpConfig config, String service) {
    String base = urls.get(service).toString();
    Optional<String> page =
        page(
            service,
            Page.HEALTH,
            candidates(config.health().path(), HEALTH),
            answer -> isHealthy(config, answer));
    Answer health = get(page.orElse(base + config.health().path()));
    boolean shown = page.isPresent();
    // Without a health page, the OpenAPI document shows that the service is up.
    boolean hidden = !shown && health.status() == 404 && documents(config).containsKey(service);
    boolean healthy = shown || hidden;
    if (!healthy) {
      pages.remove(service + ".health");
    }
    List<String> words = new ArrayList<>();
    words.add(shown ? "healthy" : hidden ? "no health page" : "not healthy: " + shown(health));
    if (healthy) {
      String says = parsed(health).path("service").asText("");
      if (shown && !isShared(page.get()) && !says.isEmpty() && !says.startsWith(service)) {
        words.add("but it calls itself " + says);
      }
      about(base + config.preflight().about(), words);
      if (documents(config).containsKey(service)) {
        words.add("describes its routes");
      }
      words.add(figures(service, config.monitoring().path()));
    }
    return new Look(service, healthy, String.join(", ", words));
  }

  private void about(String url, List<String> words) {
    JsonNode about = parsed(http.call("GET", url, null));
    for (String key : List.of("version", "environment")) {
      String value = about.path(key).asText("");
      if (!value.isEmpty()) {
        words.add(key + " " + value);
      }
    }
  }

  private boolean isShared(String health) {
    String usual = health.replaceAll(".*(/[^/]*)$", "$1");
    return urls.values().stream().filter(url -> health.equals(url + usual)).count() != 1;
  }

  private String figures(String service, String path) {
    Optional<String> page =
        page(
            service,
            Page.METRICS,
            List.of(path),
            answer ->
                answer.status() == 200 && answer.body().contains("process_cpu_seconds_total"));
    return page.map(
            url ->
                String.format(
                    Locale.ROOT,
                    "figures of its process (%,d KB)",
                    get(url).body().length() / 1024))
        .orElse("no figures of its process at " + urls.get(service) + path);
  }

  /** Returns whether every list that a dialect reads exists in the deployment. */
  public boolean fits(KcpConfig dialect) {
    return dialect.services().stream()
        .flatMap(service -> service.collect().values().stream().map(c -> count(service, c)))
        .allMatch(rows -> rows >= 0);
  }

  /** Returns a line such as "knowledge items: 5 rows; a run wants 1,000" for each list. */
  public List<String> data(KcpConfig dialect) {
    List<String> words = new ArrayList<>();
    for (Service service : dialect.services()) {
      service
          .collect()
          .forEach(
              (name, collection) ->
                  words.add(
                      "%s %s: %,d rows; a run wants %,d"
                          .formatted(
                              service.name(),
                              name,
                              Math.max(0, count(service, collection)),
                              collection.atLeast())));
    }
    return words;
  }

  /** Returns whether each list has enough rows for a run. */
  public boolean hasEnough(KcpConfig dialect) {
    return dialect.services().stream()
        .allMatch(
            service ->
                service.collect().values().stream()
                    .allMatch(c -> count(service, c) >= c.atLeast()));
  }

  /** Returns the total of a list; -1 if the list does not exist or reports no total. */
  private long count(Service service, Service.Collection collection) {
    String url = urls.get(service.name()) + Service.Collection.page(collection.path(), 1, 0);
    Answer answer = http.call("GET", url, null);
    JsonNode total = parsed(answer).path(collection.total());
    return answer.status() == 200 && total.isNumber() ? total.asLong() : -1;
  }

  private static JsonNode parsed(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  private static String shown(Answer answer) {
    String text = (answer.status() == 0 ? "" : answer.status() + " ") + answer.body();
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
  }
}
