package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a deployment shows to a few reads: is it up, which dialect, how much data, what figures. */
public final class Discovery {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 80;

  private final Http http;
  private final Map<String, URI> urls;

  /**
   * @param urls by service
   */
  public Discovery(Http http, Map<String, URI> urls) {
    this.http = http;
    this.urls = urls;
  }

  /**
   * A service.
   *
   * @param healthy whether it answered its health call as it should
   * @param words what it showed
   */
  public record Look(String service, boolean healthy, String words) {}

  /** Looks at each service. */
  public List<Look> services(KcpConfig config) {
    return config.services().stream().map(service -> look(config, service.name())).toList();
  }

  private Look look(KcpConfig config, String service) {
    String base = urls.get(service).toString();
    Answer health = http.call("GET", base + config.health().path(), null);
    boolean healthy =
        health.status() == 200
            && config.health().contains().stream().allMatch(health.body()::contains);
    List<String> words = new ArrayList<>();
    words.add(healthy ? "healthy" : "not healthy: " + shown(health));
    if (healthy) {
      String says = parsed(health).path("service").asText("");
      if (!says.isEmpty() && !says.startsWith(service)) {
        words.add("but it calls itself " + says);
      }
      about(base + config.preflight().about(), words);
      String description = config.preflight().description();
      if (!description.isEmpty() && http.call("GET", base + description, null).status() == 200) {
        words.add("describes its routes");
      }
      words.add(figures(base + config.monitoring().path()));
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

  private String figures(String url) {
    Answer page = http.call("GET", url, null);
    return page.status() == 200 && page.body().contains("process_cpu_seconds_total")
        ? String.format(Locale.ROOT, "figures of its process (%,d KB)", page.body().length() / 1024)
        : "no figures of its process at " + url;
  }

  /** Whether the lists that a dialect reads are there: how well it fits. */
  public boolean fits(KcpConfig dialect) {
    return dialect.services().stream()
        .flatMap(service -> service.collect().values().stream().map(c -> count(service, c)))
        .allMatch(rows -> rows >= 0);
  }

  /** "knowledge items: 5 rows; a run wants 1,000", for each list of rows. */
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

  /** Whether each list of rows is long enough. */
  public boolean hasEnough(KcpConfig dialect) {
    return dialect.services().stream()
        .allMatch(
            service ->
                service.collect().values().stream()
                    .allMatch(c -> count(service, c) >= c.atLeast()));
  }

  /** Rows of a list; -1 where it is not there. */
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
