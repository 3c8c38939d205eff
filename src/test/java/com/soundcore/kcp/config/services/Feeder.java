package com.soundcore.kcp.config.services;

import java.util.List;
import java.util.Map;

/**
 * The mix of a service's operations and the values of their variables.
 *
 * @param weights the relative frequency of each operation
 * @param values the source of each {name} in a template
 */
public record Feeder(Map<String, Integer> weights, Map<String, Value> values) {

  /**
   * A source of values. The skew is the exponent of a Zipf distribution over them; 0 is uniform.
   */
  public sealed interface Value {
    double skew();
  }

  /** A whole number from {@code from} to {@code to}, inclusive. */
  public record Range(int from, int to, double skew) implements Value {}

  /** One of these texts, the most popular first. */
  public record Texts(List<String> texts, double skew) implements Value {}

  /** An id of a collection that the preflight has read. */
  public record Ids(String collection, double skew) implements Value {}
}
