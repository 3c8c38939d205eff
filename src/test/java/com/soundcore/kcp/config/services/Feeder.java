package com.soundcore.kcp.config.services;

import java.util.List;
import java.util.Map;

/**
 * What a service's calls are filled with.
 *
 * @param weights how often each operation is drawn, as parts of the whole
 * @param values where each {name} of a template comes from
 */
public record Feeder(Map<String, Integer> weights, Map<String, Value> values) {

  /** A source of values. A skew is the exponent of a Zipf law over them, 0 for all alike. */
  public sealed interface Value {
    double skew();
  }

  /** A whole number from {@code from} to {@code to}, both included. */
  public record Range(int from, int to, double skew) implements Value {}

  /** One of these texts, the most popular first. */
  public record Texts(List<String> texts, double skew) implements Value {}

  /** An id that was found before the run. */
  public record Ids(String collection, double skew) implements Value {}
}
