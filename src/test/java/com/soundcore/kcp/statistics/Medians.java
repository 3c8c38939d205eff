package com.soundcore.kcp.statistics;

import org.apache.commons.statistics.descriptive.Median;

/** Median: the middle value, or the mean of the two middle ones. */
public final class Medians {
  private static final Median MEDIAN = Median.withDefaults();

  private Medians() {}

  /** Returns the median; 0 for no values. */
  public static double of(double[] values) {
    return values.length == 0 ? 0 : MEDIAN.evaluate(values);
  }
}
