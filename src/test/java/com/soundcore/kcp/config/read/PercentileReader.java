package com.soundcore.kcp.config.read;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of limits on any percentiles, such as {@code p95 = 300ms} or {@code p99_9 = 1s}. */
final class PercentileReader {
  private static final Pattern KEY = Pattern.compile("p(\\d{1,2}(?:_\\d{1,3})?)");
  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration MAX = Duration.ofHours(1);

  private PercentileReader() {}

  static SortedMap<Double, Duration> in(Section section) {
    SortedMap<Double, Duration> limits = new TreeMap<>();
    for (String key : section.keys()) {
      Matcher percentile = KEY.matcher(key);
      double value =
          percentile.matches() ? Double.parseDouble(percentile.group(1).replace('_', '.')) : 0;
      if (value > 0) {
        limits.put(value, section.duration(key, MIN, MAX));
      }
    }
    return Collections.unmodifiableSortedMap(limits);
  }

  /** Reads percentiles; p95 is required. */
  static SortedMap<Double, Duration> with95(Section section) {
    section.duration("p95", MIN, MAX);
    return in(section);
  }
}
