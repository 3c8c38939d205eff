package com.soundcore.kcp.statistics;

import org.apache.commons.statistics.descriptive.Median;

/** The value in the middle; of an even number, the mean of the two. */
public final class Medians {
  private static final Median MEDIAN = Median.withDefaults();

  private Medians() {}

  /** The median; 0 of nothing. */
  public static double of(double[] values) {
    return values.length == 0 ? 0 : MEDIAN.evaluate(values);
  }
}
