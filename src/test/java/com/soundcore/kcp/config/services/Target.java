package com.soundcore.kcp.config.services;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a service promises, and each of its operations.
 *
 * @param requestsPerSec its part of the whole rate; above 0
 * @param percentiles by percentile, such as 95: this percentage of answers takes less; 95 is always
 *     there
 * @param errorRate at most this fraction of its requests may fail
 * @param operations those whose limits are their own, by name
 */
public record Target(
    double requestsPerSec,
    SortedMap<Double, Duration> percentiles,
    double errorRate,
    Map<String, Target> operations) {
  /** One whose operations all promise the same. */
  public Target(double requestsPerSec, SortedMap<Double, Duration> percentiles, double errorRate) {
    this(requestsPerSec, percentiles, errorRate, Map.of());
  }

  /** The percentile that every service promises, and that levels of load are judged by. */
  public Duration p95() {
    return percentiles.getOrDefault(95.0, Duration.ofHours(1));
  }

  /** What an operation promises: as its service does, unless it has limits of its own. */
  public Target of(String operation) {
    return operations.getOrDefault(operation, this);
  }
}
