package com.soundcore.kcp.onboarding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
}
