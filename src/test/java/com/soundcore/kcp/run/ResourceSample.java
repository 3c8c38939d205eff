package com.soundcore.kcp.run;

import java.util.Map;

/**
 * What a service said of itself.
 *
 * @param second of the load
 * @param service whose figures they are
 * @param figures by the names of {@code conf/monitoring.conf}
 */
public record ResourceSample(double second, String service, Map<String, Double> figures) {
  /** Figures that are bytes, and the unit in which people read them. */
  public static final Map<String, String> IN_BYTES =
      Map.of(
          "memory", "MiB",
          "memory-available", "MiB",
          "heap", "MiB",
          "old-generation", "MiB",
          "page-bytes", "MiB",
          "received", "MiB/s");
}
