package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SampleRows;
import com.soundcore.kcp.config.services.Feeder;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Service.Collection;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.openapi.ApiDocument.Parameter;
import com.soundcore.kcp.openapi.ApiDocument.Route;
import com.soundcore.kcp.openapi.BodyBuilder;
import com.soundcore.kcp.openapi.Names;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Maps the calls of one service to the routes of a deployment: by method, path and shape. Lists are
 * read once, since many documents say nothing of their answers.
 */
public final class DialectMapper {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern KEY = Pattern.compile("\"(\\w+)\":");
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final List<String> TOTALS =
      List.of("total", "count", "total_count", "total_items");
  private static final int IDS = 20;
  private static final int PAGES = 25;
  private static final int ROWS = 20;

  private final Service service;
  private final String baseUrl;
  private final ApiDocument document;
  private final RouteFinder finder;
  private final Http http;
  private final Map<String, Dialect.Override> overrides = new LinkedHashMap<>();
  private final List<String> unmapped = new ArrayList<>();
  private final Map<String, String> renamed = new HashMap<>();
  private final Set<String> textIds = new HashSet<>();
  private final Map<String, String> firstIds = new HashMap<>();

  DialectMapper(Service service, String baseUrl, ApiDocument document, Http http) {
    this.service = service;
    this.baseUrl = baseUrl;
    this.document = document;
    this.finder = new RouteFinder(document);
    this.http = http;
  }

  /** What differs; the rows that kcp seed makes belong to one of the services. */
  Dialect map(SampleRows rows) {
    service.collect().forEach(this::collection);
    service.operations().values().forEach(this::operation);
    service.cleanup().ifPresent(this::cleanup);
    if (rows.service().equals(service.name())) {
      path("kcp.sample-rows.product-path", "POST", rows.productPath(), Set.of("sku", "name"));
      document
          .route("POST", rows.batchPath())
          .or(() -> finder.find("POST", rows.batchPath(), Set.of("items")))
          .ifPresent(route -> path("kcp.sample-rows.batch-path", route, rows.batchPath()));
      path("kcp.sample-rows.find", "GET", rows.find(), Set.of());
      path("kcp.sample-rows.remove", "DELETE", rows.remove(), Set.of());
    }
    return new Dialect(overrides, unmapped);
  }

  /**
   * What differs in a whole deployment.
   *
   * @param documents by service; a service without one is taken as it is
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

  private void override(String key, String value, String why) {
    overrides.put(key, new Dialect.Override(value, why));
  }

  private static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  /** The path of a call in the deployment; an override where it differs. */
  private Optional<Route> path(String key, String method, String ours, Set<String> fields) {
    Optional<Route> route = finder.find(method, ours, fields);
    if (route.isEmpty()) {
      String plain = ours.replaceAll("\\?.*", "");
      unmapped.add(
          "%s: its OpenAPI document has no route for %s %s; it has %s."
              .formatted(key, method, plain, document.nearest(method, plain)));
    }
    route.ifPresent(found -> path(key, found, ours));
    return route;
  }

  private String path(String key, Route route, String ours) {
    String theirs = translated(route, ours);
    if (!theirs.equals(ours)) {
      override(
          key, quoted(theirs), "It serves %s %s.".formatted(route.method(), describedPath(route)));
    }
    return theirs;
  }

  private String describedPath(Route route) {
    List<String> names = document.query(route).stream().map(Parameter::name).toList();
    return route.path() + (names.isEmpty() ? "" : "?" + String.join("&", names));
  }

  private String translated(Route route, String ours) {
    List<String> variables = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(ours.replaceAll("\\?.*", ""));
    while (matcher.find()) {
      variables.add(matcher.group());
    }
    Matcher theirs = VARIABLE.matcher(route.path());
    StringBuilder path = new StringBuilder();
    for (int i = 0; theirs.find(); i++) {
      String ourName = i < variables.size() ? variables.get(i) : theirs.group();
      theirs.appendReplacement(path, Matcher.quoteReplacement(idOf(route, i, ourName)));
    }
    theirs.appendTail(path);
    List<String> query = query(route, ours);
    return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  /** A number is no id where ids are UUIDs, so that an absent one needs values of its own. */
  private String idOf(Route route, int place, String variable) {
    String name = variable.substring(1, variable.length() - 1);
    List<Parameter> parameters = document.inPath(route);
    boolean uuid =
        place < parameters.size()
            && parameters.get(place).schema().path("format").asText().equals("uuid");
    if (!uuid || !(service.feeder().values().get(name) instanceof Feeder.Range)) {
      return variable;
    }
    List<String> ids =
        IntStream.range(0, IDS)
            .mapToObj(i -> quoted(UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString()))
            .toList();
    String other = name + "id";
    override(
        feeder(other), "{ one-of = [" + String.join(", ", ids) + "] }", "Ids are UUIDs there.");
    return "{" + other + "}";
  }

  private String feeder(String name) {
    return "kcp.feeders." + service.name() + ".values." + name;
  }

  private List<String> query(Route route, String ours) {
    List<Parameter> parameters = document.query(route);
    List<String> theirs = parameters.stream().map(Parameter::name).toList();
    List<String> query = new ArrayList<>();
    Set<String> sent = new HashSet<>();
    for (String part :
        ours.contains("?") ? ours.replaceAll(".*\\?", "").split("&") : new String[0]) {
      String name = part.replaceAll("=.*", "");
      String value = part.replaceAll("^[^=]*=?", "");
      String other = RouteFinder.counterpart(name, theirs).orElse(name);
      JsonNode schema =
          parameters.stream()
              .filter(parameter -> parameter.name().equals(other))
              .map(Parameter::schema)
              .findFirst()
              .orElse(JSON.missingNode());
      sent.add(other);
      query.add(other + "=" + value(name, other, value, schema));
    }
    for (Parameter parameter : parameters) {
      if (parameter.required() && !sent.contains(parameter.name())) {
        query.add(parameter.name() + "=" + required(parameter.schema()));
      }
    }
    return query;
  }

  private static String required(JsonNode schema) {
    List<String> allowed = BodyBuilder.allowed(schema);
    return schema.path("default").asText(allowed.isEmpty() ? "1" : allowed.get(0));
  }

  private String value(String name, String other, String value, JsonNode schema) {
    if (value.equals("{page}") && RouteFinder.isOffset(other) && !RouteFinder.isOffset(name)) {
      return "{offset}";
    }
    List<String> allowed = BodyBuilder.allowed(schema);
    if (!allowed.isEmpty() && !value.startsWith("{")) {
      return Names.in(allowed, value).orElse(value);
    }
    choices(value, allowed);
    boolean tooMany =
        value.matches("\\d{1,9}")
            && schema.has("maximum")
            && Long.parseLong(value) > schema.path("maximum").asLong();
    return tooMany ? schema.path("maximum").asText() : value;
  }

  /** The feeder's list behind "{name}" asks for nothing that is not allowed. */
  private void choices(String template, List<String> allowed) {
    Matcher variable = VARIABLE.matcher(template);
    if (allowed.isEmpty() || !variable.matches()) {
      return;
    }
    String name = variable.group(1);
    if (service.feeder().values().get(name) instanceof Feeder.Texts ours
        && !allowed.containsAll(ours.texts())) {
      List<String> fitting =
          ours.texts().stream().flatMap(text -> Names.in(allowed, text).stream()).toList();
      List<String> values = fitting.isEmpty() ? allowed : fitting;
      override(
          feeder(name) + ".one-of",
          "[" + String.join(", ", values.stream().map(DialectMapper::quoted).toList()) + "]",
          "It allows %s.".formatted(String.join(", ", allowed)));
    }
  }

  private void collection(String name, Collection collection) {
    String key = "kcp.api." + service.name() + ".collect." + name;
    Optional<Route> route = path(key + ".path", "GET", collection.path(), Set.of());
    if (route.isEmpty()) {
      return;
    }
    String path = translated(route.get(), collection.path());
    JsonNode answer = answer(Collection.page(path, 1, 0));
    Set<String> known = known(route.get(), answer);
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
      override(key, quoted(theirs), "Its answer calls it so.");
      renamed.put(ours, theirs);
    }
  }

  /** A key of the answer: of the same words, else the only one of that type. */
  private static String key(
      Set<String> known,
      JsonNode answer,
      String ours,
      java.util.function.Predicate<JsonNode> type) {
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
    return answer.status() == 200 ? parsed(answer.body()) : JSON.missingNode();
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  private Set<String> known(Route route, JsonNode answer) {
    Set<String> names = new TreeSet<>(document.names(document.answer(route)));
    collect(answer, names);
    return names;
  }

  private static void collect(JsonNode answer, Set<String> names) {
    answer.properties().forEach(entry -> names.add(entry.getKey()));
    // One row stands for all.
    answer.forEach(child -> collect(child.isArray() ? child.path(0) : child, names));
    if (answer.isArray()) {
      collect(answer.path(0), names);
    }
  }

  private void operation(Operation operation) {
    String key = "kcp.api." + service.name() + ".operations." + operation.name();
    ObjectNode body =
        parsed(operation.body()) instanceof ObjectNode object ? object : JSON.createObjectNode();
    Set<String> fields = new TreeSet<>();
    body.fieldNames().forEachRemaining(fields::add);
    Optional<Route> found = path(key + ".path", operation.method(), operation.path(), fields);
    if (found.isEmpty()) {
      return;
    }
    Route route = found.get();
    String path = translated(route, operation.path());
    offsets(path);
    if (operation.status() < 300) {
      route
          .success()
          .filter(code -> code != operation.status())
          .ifPresent(
              code -> override(key + ".status", String.valueOf(code), "Its success status."));
    }
    if (!body.isEmpty()) {
      body(key, body, route);
    }
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
          .ifPresent(name -> override(key + ".distinct", quoted(name), "Its answer calls it so."));
    }
  }

  /** An error repeats the id that was asked for. */
  private void variables(String key, Operation operation) {
    List<String> pieces =
        operation.contains().stream()
            .map(
                piece ->
                    VARIABLE
                        .matcher(piece)
                        .replaceAll(
                            name ->
                                overrides.containsKey(feeder(name.group(1) + "id"))
                                    ? "{" + name.group(1) + "id}"
                                    : name.group()))
            .toList();
    if (!pieces.equals(operation.contains())) {
      override(
          key + ".contains",
          "[" + String.join(", ", pieces.stream().map(DialectMapper::quoted).toList()) + "]",
          "Ids are UUIDs there.");
    }
  }

  private void offsets(String path) {
    if (path.contains("{offset}") && !service.feeder().values().containsKey("offset")) {
      List<String> offsets =
          IntStream.range(0, PAGES).mapToObj(page -> String.valueOf(page * ROWS)).toList();
      override(
          feeder("offset"),
          "{ one-of = [" + String.join(", ", offsets) + "], skew = 1.2 }",
          "It pages by offset.");
    }
  }

  /** What a read answers now, where its values are known; missing else. */
  private JsonNode sample(Operation operation, String path) {
    if (!operation.method().equals("GET") || operation.status() != 200 || operation.costly()) {
      return JSON.missingNode();
    }
    String filled = Collection.page(path, 1, 0);
    for (Map.Entry<String, Feeder.Value> entry : service.feeder().values().entrySet()) {
      String variable = "{" + entry.getKey() + "}";
      if (entry.getValue() instanceof Feeder.Ids ids && firstIds.containsKey(ids.collection())) {
        filled = filled.replace(variable, firstIds.get(ids.collection()));
      } else if (entry.getValue() instanceof Feeder.Texts texts) {
        Dialect.Override other = overrides.get(feeder(entry.getKey()) + ".one-of");
        String text = other == null ? texts.texts().get(0) : parsed(other.value()).path(0).asText();
        filled = filled.replace(variable, text.replace(" ", "%20"));
      }
    }
    return filled.contains("{") ? JSON.missingNode() : answer(filled);
  }

  private void body(String key, ObjectNode ours, Route route) {
    JsonNode schema = document.body(route);
    if (!route.mediaType().equals("application/json") || schema.path("properties").isEmpty()) {
      return;
    }
    ObjectNode fitted =
        new BodyBuilder(document, none -> Optional.empty()).fit(ours, schema, "kcp-{serial}");
    for (Map.Entry<String, JsonNode> mine : ours.properties()) {
      String name = Names.in(names(fitted), mine.getKey()).orElse("");
      if (VARIABLE.matcher(mine.getValue().asText()).find() && !name.isEmpty()) {
        JsonNode wanted = document.effective(schema.path("properties").path(name));
        choices(mine.getValue().asText(), BodyBuilder.allowed(wanted));
        fitted.set(name, mine.getValue());
      }
    }
    boolean same =
        fitted.properties().stream()
            .allMatch(entry -> entry.getValue().equals(ours.path(entry.getKey())));
    if (!same) {
      override(key + ".body", quoted(fitted.toString()), "Its document asks for these fields.");
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
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
      override(
          key + ".contains",
          "[" + String.join(", ", pieces.stream().map(DialectMapper::quoted).toList()) + "]",
          "Keys as its answers have them.");
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

  private void cleanup(Service.Cleanup cleanup) {
    String key = "kcp.api." + service.name() + ".cleanup";
    path(key + ".find", "GET", cleanup.find(), Set.of());
    rename(key + ".array", cleanup.array(), renamed.getOrDefault(cleanup.array(), cleanup.array()));
    rename(key + ".id", cleanup.id(), renamed.getOrDefault(cleanup.id(), cleanup.id()));
    path(key + ".remove", "DELETE", cleanup.remove(), Set.of())
        .flatMap(Route::success)
        .filter(code -> code != cleanup.status())
        .ifPresent(code -> override(key + ".status", String.valueOf(code), "Its success status."));
  }
}
