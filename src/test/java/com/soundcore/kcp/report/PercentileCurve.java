package com.soundcore.kcp.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Response times by percentile, as far as there are calls enough to speak of one. */
final class PercentileCurve {
  private static final double[] PERCENTILES = {
    0, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 99.995, 99.999
  };

  /** So many percent of the calls took no longer. */
  record Point(double percentile, long ms) {}

  private PercentileCurve() {}

  static List<Point> of(Histogram times) {
    List<Point> points = new ArrayList<>();
    for (double percentile : PERCENTILES) {
      if (times.getTotalCount() * (100 - percentile) >= 100) {
        points.add(new Point(percentile, times.getValueAtPercentile(percentile)));
      }
    }
    return points;
  }
}
