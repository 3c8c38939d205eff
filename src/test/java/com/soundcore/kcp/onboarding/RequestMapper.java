package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.config.services.Feeder;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.openapi.ApiDocument.Parameter;
import com.soundcore.kcp.openapi.ApiDocument.Route;
import com.soundcore.kcp.openapi.BodyBuilder;
import com.soundcore.kcp.openapi.Bounds;
import com.soundcore.kcp.openapi.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A mapper of the requests of a service: path, query, body and the feeder values in them. */
final class RequestMapper {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final int IDS = 20;
  private static final int PAGES = 25;
  private static final int ROWS = 20;

  private final Service service;
  private final ApiDocument document;
  private final RouteFinder finder;
  private final Dialect.Builder dialect;

  RequestMapper(
      Service service, ApiDocument document, RouteFinder finder, Dialect.Builder dialect) {
    this.service = service;
    this.document = document;
    this.finder = finder;
    this.dialect = dialect;
  }

  /** The route of a call in the deployment, and the call's path there. */
  record Place(Route route, String path) {}

  /** Maps a call; returns empty if the deployment has no route for it. */
  Optional<Place> operation(String key, Operation operation) {
    ObjectNode body =
        DialectMapper.parsed(operation.body()) instanceof ObjectNode object
            ? object
            : JsonNodeFactory.instance.objectNode();
    Set<String> fields = new TreeSet<>(names(body));
    Optional<Route> found = path(key + ".path", operation.method(), operation.path(), fields);
    return found.map(
        route -> {
          String path = translated(route, operation.path());
          offsets(path);
          if (operation.status() < 300) {
            status(key, route, operation.status());
          }
          if (!body.isEmpty()) {
            body(key, body, route);
          }
          return new Place(route, path);
        });
  }

  void status(String key, Route route, int ours) {
    route
        .success()
        .filter(code -> code != ours)
        .ifPresent(
            code -> dialect.override(key + ".status", String.valueOf(code), "Its success status."));
  }

  /** Finds the route of a call, and records an override if its path differs. */
  Optional<Route> path(String key, String method, String ours, Set<String> fields) {
    Optional<Route> route = finder.find(method, ours, fields);
    if (route.isEmpty()) {
      String plain = ours.replaceAll("\\?.*", "");
      dialect.unmapped(
          "%s: its OpenAPI document has no route for %s %s; it has %s."
              .formatted(key, method, plain, document.nearest(method, plain)));
    }
    route.ifPresent(found -> path(key, found, ours));
    return route;
  }

  void path(String key, Route route, String ours) {
    String theirs = translated(route, ours);
    if (!theirs.equals(ours)) {
      dialect.override(
          key,
          Dialect.quoted(theirs),
          "It serves %s %s.".formatted(route.method(), describedPath(route)));
    }
  }

  private String describedPath(Route route) {
    List<String> names = document.query(route).stream().map(Parameter::name).toList();
    return route.path() + (names.isEmpty() ? "" : "?" + String.join("&", names));
  }

  String translated(Route route, String ours) {
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

  /**
   * Where ids are UUIDs, a number is not a valid id, so an absent id needs a separate list of
   * values.
   */
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
            .mapToObj(i -> UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString())
            .toList();
    String other = name + "id";
    dialect.override(
        dialect.feeder(other), "{ one-of = " + Dialect.quoted(ids) + " }", "Ids are UUIDs there.");
    return "{" + other + "}";
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
              .orElse(MissingNode.getInstance());
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
    if (!value.matches("\\d{1,9}")) {
      return value;
    }
    long allowedNumber = (long) Bounds.of(schema, true).nearest(Long.parseLong(value));
    return allowedNumber == Long.parseLong(value) ? value : String.valueOf(allowedNumber);
  }

  /** Restricts the feeder's list behind "{name}" to the allowed values. */
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
      dialect.override(
          dialect.feeder(name) + ".one-of",
          Dialect.quoted(values),
          "It allows %s.".formatted(String.join(", ", allowed)));
    }
  }

  private void offsets(String path) {
    if (path.contains("{offset}") && !service.feeder().values().containsKey("offset")) {
      List<String> offsets =
          IntStream.range(0, PAGES).mapToObj(page -> String.valueOf(page * ROWS)).toList();
      dialect.override(
          dialect.feeder("offset"),
          "{ one-of = [" + String.join(", ", offsets) + "], skew = 1.2 }",
          "It pages by offset.");
    }
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
      dialect.override(
          key + ".body", Dialect.quoted(fitted.toString()), "Its document asks for these fields.");
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
