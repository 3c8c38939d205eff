package com.soundcore.kcp.config.services;

import java.time.Duration;
import java.util.SortedMap;

/**
 * What a service promises.
 *
 * @param requestsPerSec its part of the whole rate; above 0
 * @param percentiles by percentile, such as 95: so many of 100 answers take less than this; 95 is
 *     always there
 * @param errorRate at most this fraction of its requests may fail
 */
public record Target(
    double requestsPerSec, SortedMap<Double, Duration> percentiles, double errorRate) {
  /** The percentile that every service promises, and that levels of load are judged by. */
  public Duration p95() {
    return percentiles.getOrDefault(95.0, Duration.ofHours(1));
  }
}
