package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.clock;

import java.util.Map;

/**
 * A time in which a service was slow or failed.
 *
 * @param from its first second
 * @param to its last second
 * @param errors failed calls by message, over the whole run
 * @param inside whether the application itself may have taken the time; false if its responses show
 *     that it did not
 */
public record Degradation(
    String service, int from, int to, Map<String, Long> errors, boolean inside) {
  /** Creates a degradation for which the application may be responsible. */
  public Degradation(String service, int from, int to, Map<String, Long> errors) {
    this(service, from, to, errors, true);
  }

  String span() {
    return clock(from) + " to " + clock(to + 1);
  }

  /**
   * Returns a copy with some seconds added on both sides: a single event fails calls for a moment
   * only.
   */
  Degradation widened(int seconds) {
    return new Degradation(service, Math.max(0, from - seconds), to + seconds, errors, inside);
  }

  /** Returns a copy with another last second. */
  Degradation until(int last) {
    return new Degradation(service, from, last, errors, inside);
  }
}
