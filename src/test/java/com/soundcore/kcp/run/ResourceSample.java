package com.soundcore.kcp.run;

import java.util.Map;
import java.util.Objects;

/**
 * The metrics that a service reported.
 *
 * @param second of the load
 * @param service that reported the metrics
 * @param figures by the names in {@code conf/monitoring.conf}
 */
public record ResourceSample(double second, String service, Map<String, Double> figures) {
  /** Metrics in bytes, with the unit for display. */
  public static final Map<String, String> IN_BYTES =
      Map.of(
          "memory", "MiB",
          "memory-available", "MiB",
          "heap", "MiB",
          "old-generation", "MiB",
          "page-bytes", "MiB",
          "received", "MiB/s");

  /**
   * Checks the figures, which may come from a damaged file.
   *
   * @throws NullPointerException if a figure has no value
   */
  public ResourceSample {
    figures.forEach((name, value) -> Objects.requireNonNull(value, name));
  }
}
