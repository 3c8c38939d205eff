package com.soundcore.kcp.config.services;

import java.util.Map;

/**
 * A mix of journeys.
 *
 * @param name such as "mixed"
 * @param pick whether a user runs one journey or all of them
 * @param journeys the journeys of each service with their weights
 */
public record Workload(String name, Pick pick, Map<String, Map<String, Integer>> journeys) {
  /** The number of journeys that a user runs. */
  public enum Pick {
    ONE,
    ALL
  }
}
