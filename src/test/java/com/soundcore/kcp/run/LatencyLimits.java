package com.soundcore.kcp.run;

import java.util.List;
import java.util.Map;

/**
 * Response times that a run is judged by, so that the calls beyond them can be counted while the
 * log streams by.
 *
 * @param bySubject in ms, by service or {@link #ALL}
 */
public record LatencyLimits(Map<String, List<Integer>> bySubject) {
  /** All services together. */
  public static final String ALL = "all";

  /** Nothing is counted. */
  public static final LatencyLimits NONE = new LatencyLimits(Map.of());

  public List<Integer> of(String subject) {
    return bySubject.getOrDefault(subject, List.of());
  }
}
