package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The differences between the suite's calls and the routes of a deployment.
 *
 * @param overrides keys of the environment file with their values
 * @param unmapped one sentence for each call without a matching route
 */
public record Dialect(Map<String, Override> overrides, List<String> unmapped) {

  /**
   * A key whose value differs from the suite's own files.
   *
   * @param value in the syntax of the environment file
   * @param why a sentence, written above the key as a comment
   */
  public record Override(String value, String why) {}

  /** Returns the lines for the environment file. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (!overrides.isEmpty()) {
      text.append("\n# What differs by its OpenAPI document.\n");
    }
    overrides.forEach(
        (key, override) ->
            text.append("# %s\n%s = %s\n".formatted(override.why(), key, override.value())));
    unmapped.forEach(sentence -> text.append("# ").append(sentence).append('\n'));
    return text.toString();
  }

  /** Merges the differences of several services. */
  static Dialect of(List<Dialect> parts) {
    Map<String, Override> overrides = new LinkedHashMap<>();
    parts.forEach(part -> overrides.putAll(part.overrides()));
    return new Dialect(
        overrides, parts.stream().flatMap(part -> part.unmapped().stream()).distinct().toList());
  }

  /** Quotes a text for the environment file. */
  static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  /** Quotes a list of texts for the environment file. */
  static String quoted(List<String> texts) {
    return "[" + String.join(", ", texts.stream().map(Dialect::quoted).toList()) + "]";
  }

  /** A collector of one service's differences. */
  static final class Builder {
    private final String service;
    private final Map<String, Override> overrides = new LinkedHashMap<>();
    private final List<String> unmapped = new ArrayList<>();

    Builder(String service) {
      this.service = service;
    }

    void override(String key, String value, String why) {
      overrides.put(key, new Override(value, why));
    }

    void unmapped(String sentence) {
      unmapped.add(sentence);
    }

    boolean has(String key) {
      return overrides.containsKey(key);
    }

    Optional<String> value(String key) {
      return Optional.ofNullable(overrides.get(key)).map(Override::value);
    }

    /** Returns the full key of a feeder value. */
    String feeder(String name) {
      return "kcp.feeders." + service + ".values." + name;
    }

    Dialect build() {
      return new Dialect(overrides, unmapped);
    }
  }
}
