package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between the suite's calls and what a deployment serves.
 *
 * @param overrides keys of the environment's file
 * @param unmapped calls that no route fits, in sentences
 */
public record Dialect(Map<String, Override> overrides, List<String> unmapped) {

  /**
   * A key that differs.
   *
   * @param value as the file has it
   * @param why a sentence
   */
  public record Override(String value, String why) {}

  /** The lines of the environment's file. */
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

  /** The differences of several services together. */
  static Dialect of(List<Dialect> parts) {
    Map<String, Override> overrides = new LinkedHashMap<>();
    parts.forEach(part -> overrides.putAll(part.overrides()));
    return new Dialect(
        overrides, parts.stream().flatMap(part -> part.unmapped().stream()).distinct().toList());
  }

  /** Quotes a text as the environment's file needs it. */
  static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  /** Returns a list of quoted texts, as the environment's file needs it. */
  static String quoted(List<String> texts) {
    return "[" + String.join(", ", texts.stream().map(Dialect::quoted).toList()) + "]";
  }

  /** Collects the differences of one service. */
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

    /** Returns the key of one of the feeder's values. */
    String feeder(String name) {
      return "kcp.feeders." + service + ".values." + name;
    }

    Dialect build() {
      return new Dialect(overrides, unmapped);
    }
  }
}
