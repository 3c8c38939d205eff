package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.clock;

import java.util.Map;

/**
 * A service that was slow or failed.
 *
 * @param from its first second
 * @param to its last second
 * @param errors failed calls by message, over the whole run
 * @param inside whether it may have been the application that took the time; false where its
 *     answers show that it did not
 */
public record Degradation(
    String service, int from, int to, Map<String, Long> errors, boolean inside) {
  /** One of which nothing is known that speaks against the application. */
  public Degradation(String service, int from, int to, Map<String, Long> errors) {
    this(service, from, to, errors, true);
  }

  String span() {
    return clock(from) + " to " + clock(to + 1);
  }

  /** With some seconds before and after it: what strikes once fails calls for a moment only. */
  Degradation widened(int seconds) {
    return new Degradation(service, Math.max(0, from - seconds), to + seconds, errors, inside);
  }

  /** The same with another last second. */
  Degradation until(int last) {
    return new Degradation(service, from, last, errors, inside);
  }
}
