package com.soundcore.kcp.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Response times by percentile, up to the last one that the number of calls supports. */
final class PercentileCurve {
  private static final double[] PERCENTILES = {
    0, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 99.995, 99.999
  };

  /** A response time in ms that this percentage of the calls did not exceed. */
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
