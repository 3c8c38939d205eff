package com.soundcore.kcp.run;

import java.util.List;
import java.util.Map;

/**
 * Response times by which a run is judged. They allow the log's slow calls to be counted in one
 * pass.
 *
 * @param bySubject in ms, by service or {@link #ALL}
 */
public record LatencyLimits(Map<String, List<Integer>> bySubject) {
  /** All services together. */
  public static final String ALL = "all";

  /** No limits: nothing is counted. */
  public static final LatencyLimits NONE = new LatencyLimits(Map.of());

  public List<Integer> of(String subject) {
    return bySubject.getOrDefault(subject, List.of());
  }
}
