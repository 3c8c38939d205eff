package com.soundcore.kcp.result;

import org.HdrHistogram.Histogram;

/** The requests of one subject: how many, how many failed, and their response times in ms. */
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

  /** Takes over what another one counted. */
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

  /** The fraction that failed; not a number where there were none. */
  public double errorRate() {
    return (double) failed / requests();
  }

  /**
   * A response time in ms that this part of the requests did not exceed.
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
