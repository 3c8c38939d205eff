package com.soundcore.kcp.result;

/**
 * A percentile on the scale of 0 to 100, the suite's only scale.
 *
 * @param value in (0, 100]
 */
public record Percentile(double value) {
  public static final Percentile P50 = new Percentile(50);
  public static final Percentile P95 = new Percentile(95);
  public static final Percentile P99 = new Percentile(99);

  public Percentile {
    if (!(value > 0 && value <= 100)) {
      throw new IllegalArgumentException("a percentile must be above 0 and at most 100: " + value);
    }
  }

  /** Returns the name, such as "p95" or "p99.9". */
  public String name() {
    return "p" + String.valueOf(value).replaceAll("\\.0$", "");
  }
}
