package com.soundcore.kcp.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.services.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * What a service says that it serves: its OpenAPI description, where it shows one. It explains a
 * call that failed; what a call answers counts more than what a description promises.
 */
final class ApiDescription {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 3;

  private final JsonNode paths;

  private ApiDescription(JsonNode paths) {
    this.paths = paths;
  }

  /** The description in a text; nothing where it is none. */
  static Optional<ApiDescription> of(String text) {
    try {
      JsonNode paths = JSON.readTree(text).path("paths");
      return paths.isObject() && !paths.isEmpty()
          ? Optional.of(new ApiDescription(paths))
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** What it says against a call: a route or a parameter that is missing; nothing if it fits. */
  Optional<String> against(Operation operation) {
    String method = operation.method().toLowerCase(Locale.ROOT);
    String path = operation.path().replaceAll("\\?.*", "");
    Optional<JsonNode> route =
        paths.properties().stream()
            .filter(entry -> entry.getValue().has(method))
            .filter(entry -> isSame(path, entry.getKey()))
            .map(entry -> entry.getValue().path(method))
            .findFirst();
    return route.isPresent()
        ? missingParameters(route.get(), operation)
        : Optional.of(
            "its /openapi.json has no %s %s; it has %s"
                .formatted(operation.method(), path, nearest(method, path)));
  }

  /** Only a value fits where they have a parameter: "/knowledge/items" is no "/knowledge/{id}". */
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

  private String nearest(String method, String path) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String nearest =
        paths.properties().stream()
            .filter(entry -> entry.getValue().has(method))
            .map(Map.Entry::getKey)
            .sorted(Comparator.comparingInt(theirs -> distance.apply(path, theirs)))
            .limit(SHOWN)
            .map(theirs -> method.toUpperCase(Locale.ROOT) + " " + theirs)
            .collect(Collectors.joining(", "));
    return nearest.isEmpty() ? "no " + method.toUpperCase(Locale.ROOT) + " at all" : nearest;
  }

  private static Optional<String> missingParameters(JsonNode route, Operation operation) {
    String query = operation.path().contains("?") ? operation.path().replaceAll(".*\\?", "") : "";
    List<String> sent =
        Arrays.stream(query.split("&")).map(part -> part.replaceAll("=.*", "")).toList();
    List<String> missing = new ArrayList<>();
    for (JsonNode parameter : route.path("parameters")) {
      String name = parameter.path("name").asText();
      if (parameter.path("required").asBoolean()
          && parameter.path("in").asText().equals("query")
          && !sent.contains(name)) {
        missing.add("?" + name + "=");
      }
    }
    if (route.path("requestBody").path("required").asBoolean() && operation.body().isEmpty()) {
      missing.add("a body");
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("its /openapi.json requires " + String.join(" and ", missing));
  }
}
