package com.soundcore.kcp.result;

import org.HdrHistogram.Histogram;

/** The requests of one subject: their number, failures, and response times in ms. */
public final class Stats {
  private static final int DIGITS = 3;

  private final Histogram times = new Histogram(DIGITS);
  private long failed;

  void add(int millis, boolean ok, long count) {
    times.recordValueWithCount(Math.max(0, millis), count);
    if (!ok) {
      failed += count;
    }
  }

  /** Adds the counts of another subject. */
  public void add(Stats other) {
    times.add(other.times);
    failed += other.failed;
  }

  public long requests() {
    return times.getTotalCount();
  }

  public long failed() {
    return failed;
  }

  /** Returns the fraction of requests that failed; NaN without requests. */
  public double errorRate() {
    return (double) failed / requests();
  }

  /**
   * Returns the response time in ms that this percentage of the requests did not exceed.
   *
   * @param percentile in (0, 100]
   */
  public long percentile(Percentile percentile) {
    return times.getValueAtPercentile(percentile.value());
  }

  public long max() {
    return times.getMaxValue();
  }

  public Histogram histogram() {
    return times;
  }
}
