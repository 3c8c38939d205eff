package com.soundcore.kcp.verdict;

import com.soundcore.kcp.result.Percentile;
import java.time.Duration;
import java.util.Locale;

/**
 * What is required of calls: that fewer than a share of them fail, or take a time and longer. A
 * percentile is such a limit, too: p95 &lt; 300 ms says that fewer than 5 % take 300 ms or longer.
 *
 * @param name "errors", or a percentile such as "p99.9"
 * @param share above 0 and below 1; 0 where not a single call may fail
 * @param millis from which on a call is too slow; 0 for errors
 */
public record Limit(String name, double share, int millis) {
  public static Limit errors(double share) {
    return new Limit("errors", share, 0);
  }

  public static Limit p95(Duration limit) {
    return percentile(95, limit);
  }

  /**
   * A limit on a percentile.
   *
   * @param percentile above 0 and below 100
   */
  public static Limit percentile(double percentile, Duration limit) {
    double share = Math.round((100 - percentile) * 1e6) / 1e8;
    return new Limit(new Percentile(percentile).name(), share, (int) limit.toMillis());
  }

  public boolean isErrors() {
    return millis == 0;
  }

  /** "p95 &lt; 300 ms". */
  public String required() {
    if (isErrors()) {
      return share == 0 ? "no errors" : "errors < " + percent(share);
    }
    return String.format(Locale.ROOT, "%s < %d ms", name, millis);
  }

  /** "0.01 %". */
  public static String percent(double share) {
    double percent = share * 100;
    int digits = percent == 0 ? 3 : (int) Math.max(3, 1 - Math.floor(Math.log10(percent)));
    String text = String.format(Locale.ROOT, "%." + Math.min(digits, 6) + "f", percent);
    return text.replaceAll("\\.?0+$", "") + " %";
  }
}
