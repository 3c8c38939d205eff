package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.clock;

import java.util.Map;

/**
 * A service that was slow or failed.
 *
 * @param from its first second
 * @param to its last second
 * @param errors failed calls by message, over the whole run
 */
public record Degradation(String service, int from, int to, Map<String, Long> errors) {
  String span() {
    return clock(from) + " to " + clock(to + 1);
  }

  /** With some seconds before and after it: what strikes once fails calls for a moment only. */
  Degradation widened(int seconds) {
    return new Degradation(service, Math.max(0, from - seconds), to + seconds, errors);
  }

  /** The same with another last second. */
  Degradation until(int last) {
    return new Degradation(service, from, last, errors);
  }
}
