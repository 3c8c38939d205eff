package com.soundcore.kcp.config.services;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;

/**
 * The limits of a service and of its operations.
 *
 * @param requestsPerSec its share of the total rate, in requests per second; above 0
 * @param percentiles the maximum latency of each percentile, such as 95; 95 is always present
 * @param errorRate the maximum error rate, as a fraction
 * @param operations the operations with their own limits, by name
 */
public record Target(
    double requestsPerSec,
    SortedMap<Double, Duration> percentiles,
    double errorRate,
    Map<String, Target> operations) {
  /** Creates a target that all operations share. */
  public Target(double requestsPerSec, SortedMap<Double, Duration> percentiles, double errorRate) {
    this(requestsPerSec, percentiles, errorRate, Map.of());
  }

  /** Returns the p95 limit. Every service has one, and levels of load are judged by it. */
  public Duration p95() {
    return percentiles.getOrDefault(95.0, Duration.ofHours(1));
  }

  /** Returns the limits of an operation: its own, or those of its service. */
  public Target of(String operation) {
    return operations.getOrDefault(operation, this);
  }
}
