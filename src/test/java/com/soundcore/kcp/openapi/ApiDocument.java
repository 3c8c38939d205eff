package com.soundcore.kcp.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.config.services.Operation;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * An OpenAPI document: the routes, parameters and schemas that a service publishes. It explains why
 * a call failed and what a request body must contain. An actual response counts more than the
 * document.
 */
public final class ApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final int SHOWN = 3;
  private static final int DEEPEST = 12;
  // Bounds documents whose schemas refer to themselves or branch without limit.
  private static final int MOST_STEPS = 10_000;
  private static final String JSON_TYPE = "application/json";

  private final JsonNode root;
  private final List<Route> routes = new ArrayList<>();

  /**
   * A route of the service.
   *
   * @param method the HTTP method in upper case
   * @param path relative to the service's URL, with {parameters}
   * @param described the operation object with the parameters of its path; references to parameters
   *     and to the body are resolved
   */
  public record Route(String method, String path, JsonNode described) {
    /** Returns the only success status; empty if there are several or none. */
    public Optional<Integer> success() {
      List<Integer> codes =
          described.path("responses").properties().stream()
              .map(Map.Entry::getKey)
              .filter(code -> code.matches("2\\d\\d"))
              .map(Integer::valueOf)
              .toList();
      return codes.size() == 1 ? Optional.of(codes.get(0)) : Optional.empty();
    }

    /** Returns the media type of the request body; an empty string if there is no body. */
    public String mediaType() {
      JsonNode content = described.path("requestBody").path("content");
      return content.has(JSON_TYPE) || content.isEmpty()
          ? (content.isEmpty() ? "" : JSON_TYPE)
          : content.fieldNames().next();
    }
  }

  /**
   * A parameter of a route.
   *
   * @param schema the schema with all references resolved
   */
  public record Parameter(String name, boolean required, JsonNode schema) {}

  private ApiDocument(JsonNode root, URI service) {
    this.root = root;
    root.path("paths")
        .properties()
        .forEach(entry -> add(entry.getKey(), entry.getValue(), service));
  }

  /**
   * Parses a document; returns empty if the text is not JSON or lists no paths.
   *
   * @param service the service's URL; route paths become relative to it
   */
  public static Optional<ApiDocument> of(String text, URI service) {
    try {
      JsonNode root = JSON.readTree(text);
      JsonNode paths = root.path("paths");
      return paths.isObject() && !paths.isEmpty()
          ? Optional.of(new ApiDocument(root, service))
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  private void add(String path, JsonNode listed, URI service) {
    String seen = seenFrom(service, path);
    JsonNode item = followed(listed);
    item.properties()
        .forEach(
            entry -> {
              if (METHODS.contains(entry.getKey())) {
                JsonNode described = described(item, entry.getValue());
                routes.add(new Route(entry.getKey().toUpperCase(Locale.ROOT), seen, described));
              }
            });
  }

  /** An operation's parameter replaces that of its path with the same name and place. */
  private JsonNode described(JsonNode item, JsonNode operation) {
    if (!(operation instanceof ObjectNode)) {
      return operation;
    }
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (JsonNode level : List.of(item, operation)) {
      for (JsonNode listed : level.path("parameters")) {
        JsonNode parameter = followed(listed);
        parameters.put(parameter.path("in") + " " + parameter.path("name"), parameter);
      }
    }
    ObjectNode described = operation.deepCopy();
    described.putArray("parameters").addAll(parameters.values());
    if (described.has("requestBody")) {
      described.set("requestBody", followed(described.path("requestBody")));
    }
    return described;
  }

  /** Behind a gateway, the document (servers) or the service's URL may add a path prefix. */
  private String seenFrom(URI service, String path) {
    String server = pathOf(root.path("servers").path(0).path("url").asText(""));
    String base = pathOf(service.toString());
    String whole = server + path;
    if (!base.isEmpty() && whole.startsWith(base + "/")) {
      return whole.substring(base.length());
    }
    return base.isEmpty() ? whole : path;
  }

  private static String pathOf(String url) {
    try {
      String path = URI.create(url).getPath();
      return path == null ? "" : path.replaceAll("/+$", "");
    } catch (IllegalArgumentException withVariables) {
      return "";
    }
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Returns the route that matches a path template; the query is ignored. */
  public Optional<Route> route(String method, String path) {
    String plain = path.replaceAll("\\?.*", "");
    return routes.stream()
        .filter(route -> route.method().equals(method) && isSame(plain, route.path()))
        .findFirst();
  }

  /**
   * Returns a sentence on a missing route, required query parameter or body; empty if the call
   * fits.
   */
  public Optional<String> against(Operation operation) {
    Optional<Route> route = route(operation.method(), operation.path());
    return route.isPresent()
        ? missingParameters(route.get(), operation)
        : Optional.of(
            "its /openapi.json has no %s %s; it has %s"
                .formatted(
                    operation.method(),
                    operation.path().replaceAll("\\?.*", ""),
                    nearest(operation.method(), operation.path().replaceAll("\\?.*", ""))));
  }

  /** A parameter matches only a parameter: "/knowledge/items" is not "/knowledge/{id}". */
  private static boolean isSame(String ours, String theirs) {
    String[] some = ours.split("/", -1);
    String[] others = theirs.split("/", -1);
    if (some.length != others.length) {
      return false;
    }
    for (int i = 0; i < some.length; i++) {
      boolean bothVary = some[i].contains("{") && others[i].contains("{");
      if (!bothVary && !some[i].equals(others[i])) {
        return false;
      }
    }
    return true;
  }

  /** Lists up to three routes of this method, those whose paths have the smallest edit distance. */
  public String nearest(String method, String path) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String nearest =
        routes.stream()
            .filter(route -> route.method().equals(method))
            .map(Route::path)
            .sorted(Comparator.comparingInt(theirs -> distance.apply(path, theirs)))
            .limit(SHOWN)
            .map(theirs -> method + " " + theirs)
            .collect(Collectors.joining(", "));
    return nearest.isEmpty() ? "no " + method + " at all" : nearest;
  }

  private Optional<String> missingParameters(Route route, Operation operation) {
    String query = operation.path().contains("?") ? operation.path().replaceAll(".*\\?", "") : "";
    List<String> sent =
        Arrays.stream(query.split("&")).map(part -> part.replaceAll("=.*", "")).toList();
    List<String> missing = new ArrayList<>();
    for (Parameter parameter : query(route)) {
      if (parameter.required() && !sent.contains(parameter.name())) {
        missing.add("?" + parameter.name() + "=");
      }
    }
    if (route.described().path("requestBody").path("required").asBoolean()
        && operation.body().isEmpty()) {
      missing.add("a body");
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("its /openapi.json requires " + String.join(" and ", missing));
  }

  /** Returns the query parameters of a route. */
  public List<Parameter> query(Route route) {
    return parameters(route, "query");
  }

  /** Returns the path parameters of a route, in the document's order. */
  public List<Parameter> inPath(Route route) {
    return parameters(route, "path");
  }

  private List<Parameter> parameters(Route route, String in) {
    List<Parameter> found = new ArrayList<>();
    for (JsonNode parameter : route.described().path("parameters")) {
      if (parameter.path("in").asText().equals(in)) {
        found.add(
            new Parameter(
                parameter.path("name").asText(),
                parameter.path("required").asBoolean(),
                effective(parameter.path("schema"))));
      }
    }
    return found;
  }

  /** Returns the schema of a route's request body as written, or a missing node. */
  JsonNode bodySchema(Route route) {
    JsonNode content = route.described().path("requestBody").path("content");
    return content.path(route.mediaType()).path("schema");
  }

  /** Returns the schema of a route's request body with its references resolved. */
  public JsonNode body(Route route) {
    return effective(bodySchema(route));
  }

  /** Returns the response schema of the only success status, or a missing node. */
  public JsonNode answer(Route route) {
    return route
        .success()
        .map(
            code ->
                effective(
                    followed(route.described().path("responses").path(String.valueOf(code)))
                        .path("content")
                        .path(JSON_TYPE)
                        .path("schema")))
        .orElse(MissingNode.getInstance());
  }

  /** Returns the property names in a schema, including those of nested objects and array items. */
  public Set<String> names(JsonNode schema) {
    Set<String> names = new TreeSet<>();
    collect(effective(schema), names, 0);
    return names;
  }

  private void collect(JsonNode schema, Set<String> names, int depth) {
    if (depth < DEEPEST / 2) {
      for (var entry : schema.path("properties").properties()) {
        names.add(entry.getKey());
        collect(effective(entry.getValue()), names, depth + 1);
      }
      if (schema.has("items")) {
        collect(effective(schema.path("items")), names, depth + 1);
      }
    }
  }

  private JsonNode followed(JsonNode node) {
    JsonNode at = node;
    for (int i = 0; i < DEEPEST && at.path("$ref").asText("").startsWith("#/"); i++) {
      at = root.at(at.path("$ref").asText().substring(1));
    }
    return at;
  }

  /**
   * Resolves references, merges allOf, and takes the first alternative of anyOf or oneOf that is
   * not null.
   */
  public JsonNode effective(JsonNode schema) {
    return effective(schema, 0, new AtomicInteger());
  }

  private JsonNode effective(JsonNode schema, int depth, AtomicInteger steps) {
    JsonNode found = followed(schema);
    if (depth > DEEPEST
        || steps.incrementAndGet() > MOST_STEPS
        || !(found instanceof ObjectNode object)) {
      return found;
    }
    JsonNode choices = object.has("anyOf") ? object.path("anyOf") : object.path("oneOf");
    if (object.has("allOf")) {
      ObjectNode merged = object.deepCopy().without("allOf");
      object.path("allOf").forEach(part -> merge(merged, effective(part, depth + 1, steps)));
      return merged;
    }
    for (JsonNode choice : choices) {
      JsonNode real = effective(choice, depth + 1, steps);
      if (real instanceof ObjectNode && !real.path("type").asText().equals("null")) {
        ObjectNode merged = object.deepCopy().without(List.of("anyOf", "oneOf"));
        merge(merged, real);
        return merged;
      }
    }
    return found;
  }

  private static void merge(ObjectNode into, JsonNode part) {
    part.properties()
        .forEach(
            entry -> {
              JsonNode there = into.path(entry.getKey());
              if (there instanceof ObjectNode object && entry.getValue().isObject()) {
                object.setAll((ObjectNode) entry.getValue());
              } else if (there instanceof ArrayNode array && entry.getValue().isArray()) {
                entry.getValue().forEach(array::add);
              } else if (!into.has(entry.getKey())) {
                // Later parts are merged into this value, so it must be a copy.
                into.set(entry.getKey(), entry.getValue().deepCopy());
              }
            });
  }

  JsonNode root() {
    return root;
  }
}
