package com.soundcore.kcp.config.services;

import java.util.Map;

/**
 * A mix of journeys.
 *
 * @param name such as "mixed"
 * @param pick whether a user takes one journey or all of them
 * @param journeys by service: the names of its journeys and their weights
 */
public record Workload(String name, Pick pick, Map<String, Map<String, Integer>> journeys) {
  /** How many of the journeys a user takes. */
  public enum Pick {
    ONE,
    ALL
  }
}
