package com.soundcore.kcp.finding.shared;

import java.util.Locale;
import java.util.Map;

/**
 * A service that was slow or failed.
 *
 * @param from first second of it
 * @param to last second of it
 * @param errors failed calls by message, over the whole run
 */
public record Trouble(String service, int from, int to, Map<String, Long> errors) {
  String span() {
    return clock(from) + " to " + clock(to + 1);
  }

  static String clock(int second) {
    return String.format(Locale.ROOT, "%d:%02d", second / 60, second % 60);
  }
}
