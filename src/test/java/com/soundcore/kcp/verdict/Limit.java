package com.soundcore.kcp.verdict;

import com.soundcore.kcp.result.Percentile;
import java.time.Duration;
import java.util.Locale;

/**
 * A limit on calls: fewer than a share of them may fail, or take a given time or longer. A
 * percentile is such a limit: p95 &lt; 300 ms says that fewer than 5 % take 300 ms or longer.
 *
 * @param name "errors", or a percentile such as "p99.9"
 * @param share between 0 and 1, both excluded; 0 if no call may fail
 * @param millis response time from which a call is too slow; 0 for errors
 */
public record Limit(String name, double share, int millis) {
  public static Limit errors(double share) {
    return new Limit("errors", share, 0);
  }

  public static Limit p95(Duration limit) {
    return percentile(95, limit);
  }

  /**
   * Creates a limit on a percentile.
   *
   * @param percentile between 0 and 100, both excluded
   */
  public static Limit percentile(double percentile, Duration limit) {
    double share = Math.round((100 - percentile) * 1e6) / 1e8;
    return new Limit(new Percentile(percentile).name(), share, (int) limit.toMillis());
  }

  public boolean isErrors() {
    return millis == 0;
  }

  /** Returns the requirement in words: "p95 &lt; 300 ms". */
  public String required() {
    if (isErrors()) {
      return share == 0 ? "no errors" : "errors < " + percent(share);
    }
    return String.format(Locale.ROOT, "%s < %d ms", name, millis);
  }

  /** Formats a fraction: "0.01 %". */
  public static String percent(double share) {
    double percent = share * 100;
    int digits = percent == 0 ? 3 : (int) Math.max(3, 1 - Math.floor(Math.log10(percent)));
    String text = String.format(Locale.ROOT, "%." + Math.min(digits, 6) + "f", percent);
    return text.replaceAll("\\.?0+$", "") + " %";
  }
}
