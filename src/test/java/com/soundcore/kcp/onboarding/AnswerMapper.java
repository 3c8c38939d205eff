package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.soundcore.kcp.config.services.Feeder;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Service.Collection;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.openapi.ApiDocument.Route;
import com.soundcore.kcp.openapi.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapper of response fields: their names and the types of their ids. It reads each list once,
 * because many documents do not describe their responses.
 */
final class AnswerMapper {
  private static final Pattern KEY = Pattern.compile("\"(\\w+)\":");
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final List<String> TOTALS =
      List.of("total", "count", "total_count", "total_items");

  private final Service service;
  private final String baseUrl;
  private final ApiDocument document;
  private final Http http;
  private final Dialect.Builder dialect;
  private final Map<String, String> renamed = new HashMap<>();
  private final Set<String> textIds = new HashSet<>();
  private final Map<String, String> firstIds = new HashMap<>();

  AnswerMapper(
      Service service, String baseUrl, ApiDocument document, Http http, Dialect.Builder dialect) {
    this.service = service;
    this.baseUrl = baseUrl;
    this.document = document;
    this.http = http;
    this.dialect = dialect;
  }

  /**
   * Maps the fields of a list.
   *
   * @param path the list's path in the deployment
   */
  void collection(String key, String name, Collection collection, Route route, String path) {
    JsonNode answer = answer(Collection.page(path, 1, 0));
    Set<String> known = known(route, answer);
    String array = key(known, answer, collection.array(), JsonNode::isArray);
    String total = key(known, answer, collection.total(), JsonNode::isNumber);
    JsonNode row = answer.path(array).path(0);
    String id = row.isMissingNode() || row.has(collection.id()) ? collection.id() : idKey(row);
    rename(key + ".array", collection.array(), array);
    rename(key + ".total", collection.total(), total);
    rename(key + ".id", collection.id(), id);
    if (row.path(id).isTextual()) {
      textIds.add(name);
    }
    if (!row.path(id).isMissingNode()) {
      firstIds.put(name, row.path(id).asText());
    }
  }

  /**
   * Maps the fields that a call's response must contain.
   *
   * @param path the call's path in the deployment
   */
  void operation(String key, Operation operation, Route route, String path) {
    Set<String> known = known(route, sample(operation, path));
    if (operation.status() >= 300) {
      variables(key, operation);
    }
    if (operation.status() < 300 && !known.isEmpty()) {
      contains(key, operation, known);
      operation
          .distinct()
          .filter(name -> !known.contains(name))
          .flatMap(name -> Names.in(known, renamed.getOrDefault(name, name)))
          .ifPresent(
              name ->
                  dialect.override(
                      key + ".distinct", Dialect.quoted(name), "Its answer calls it so."));
    }
  }

  void cleanup(String key, Service.Cleanup cleanup) {
    rename(key + ".array", cleanup.array(), renamed.getOrDefault(cleanup.array(), cleanup.array()));
    rename(key + ".id", cleanup.id(), renamed.getOrDefault(cleanup.id(), cleanup.id()));
  }

  private static String idKey(JsonNode row) {
    for (String name : List.of("id", "uuid", "_id", "key")) {
      if (row.has(name)) {
        return name;
      }
    }
    return "id";
  }

  private void rename(String key, String ours, String theirs) {
    if (!ours.equals(theirs)) {
      dialect.override(key, Dialect.quoted(theirs), "Its answer calls it so.");
      renamed.put(ours, theirs);
    }
  }

  /**
   * Prefers the same name in any spelling, then the only field of that type, then a usual name of a
   * total.
   */
  private static String key(
      Set<String> known, JsonNode answer, String ours, Predicate<JsonNode> type) {
    Optional<String> same = Names.in(known, ours);
    if (same.isPresent()) {
      return same.get();
    }
    List<String> fitting =
        answer.properties().stream()
            .filter(entry -> type.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return fitting.size() == 1
        ? fitting.get(0)
        : fitting.stream()
            .filter(name -> Names.in(TOTALS, name).isPresent())
            .findFirst()
            .orElse(ours);
  }

  private JsonNode answer(String path) {
    Answer answer = http.call("GET", baseUrl + path, null);
    return answer.status() == 200 ? DialectMapper.parsed(answer.body()) : MissingNode.getInstance();
  }

  private Set<String> known(Route route, JsonNode answer) {
    Set<String> names = new TreeSet<>(document.names(document.answer(route)));
    collect(answer, names);
    return names;
  }

  private static void collect(JsonNode answer, Set<String> names) {
    answer.properties().forEach(entry -> names.add(entry.getKey()));
    // The first row represents all rows.
    answer.forEach(child -> collect(child.isArray() ? child.path(0) : child, names));
    if (answer.isArray()) {
      collect(answer.path(0), names);
    }
  }

  /**
   * An error response repeats the id of the request, so its expected text needs the mapped
   * variable.
   */
  private void variables(String key, Operation operation) {
    List<String> pieces =
        operation.contains().stream()
            .map(
                piece ->
                    VARIABLE
                        .matcher(piece)
                        .replaceAll(
                            name ->
                                dialect.has(dialect.feeder(name.group(1) + "id"))
                                    ? "{" + name.group(1) + "id}"
                                    : name.group()))
            .toList();
    if (!pieces.equals(operation.contains())) {
      dialect.override(key + ".contains", Dialect.quoted(pieces), "Ids are UUIDs there.");
    }
  }

  /** A call is sampled only if it is a cheap GET and all its variables have known values. */
  private JsonNode sample(Operation operation, String path) {
    if (!operation.method().equals("GET") || operation.status() != 200 || operation.costly()) {
      return MissingNode.getInstance();
    }
    String filled = Collection.page(path, 1, 0);
    for (Map.Entry<String, Feeder.Value> entry : service.feeder().values().entrySet()) {
      String variable = "{" + entry.getKey() + "}";
      if (entry.getValue() instanceof Feeder.Ids ids && firstIds.containsKey(ids.collection())) {
        filled = filled.replace(variable, firstIds.get(ids.collection()));
      } else if (entry.getValue() instanceof Feeder.Texts texts) {
        String text =
            dialect
                .value(dialect.feeder(entry.getKey()) + ".one-of")
                .map(values -> DialectMapper.parsed(values).path(0).asText())
                .orElse(texts.texts().get(0));
        filled = filled.replace(variable, text.replace(" ", "%20"));
      }
    }
    return filled.contains("{") ? MissingNode.getInstance() : answer(filled);
  }

  private void contains(String key, Operation operation, Set<String> known) {
    List<String> pieces = new ArrayList<>();
    for (String piece : operation.contains()) {
      Matcher name = KEY.matcher(piece);
      if (!name.find()) {
        pieces.add(piece);
        continue;
      }
      String ours = name.group(1);
      Optional<String> theirs =
          known.contains(ours)
              ? Optional.of(ours)
              : Names.in(known, renamed.getOrDefault(ours, ours));
      theirs.ifPresent(
          other -> pieces.add(quotedIds(piece.replace("\"" + ours + "\":", "\"" + other + "\":"))));
    }
    if (pieces.isEmpty()) {
      pieces.add("\"" + known.iterator().next() + "\":");
    }
    if (!pieces.equals(operation.contains())) {
      dialect.override(key + ".contains", Dialect.quoted(pieces), "Keys as its answers have them.");
    }
  }

  private String quotedIds(String piece) {
    String text = piece;
    for (Map.Entry<String, Feeder.Value> entry : service.feeder().values().entrySet()) {
      if (entry.getValue() instanceof Feeder.Ids ids && textIds.contains(ids.collection())) {
        text = text.replace(":{" + entry.getKey() + "},", ":\"{" + entry.getKey() + "}\"");
      }
    }
    return text;
  }
}
