package com.soundcore.kcp.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A straight line through points, undisturbed by outliers: its slope is the median of the slopes of
 * all pairs (H. Theil, 1950; P. K. Sen, 1968). Whether there is a trend at all is answered by the
 * rank test of H. B. Mann (1945) and M. G. Kendall (1975), with ties.
 *
 * @param slope per unit of x
 * @param pValue of the two-sided test; 1 for fewer than three points
 * @param median of the values
 */
record TheilSen(double slope, double pValue, double median) {
  private static final int FEWEST = 3;

  static TheilSen of(List<double[]> points) {
    double[] values = points.stream().mapToDouble(point -> point[1]).toArray();
    if (points.size() < FEWEST) {
      return new TheilSen(0, 1, median(values));
    }
    List<Double> slopes = new ArrayList<>();
    long s = 0;
    for (int i = 0; i < points.size(); i++) {
      for (int j = i + 1; j < points.size(); j++) {
        double dx = points.get(j)[0] - points.get(i)[0];
        double dy = points.get(j)[1] - points.get(i)[1];
        s += (long) Math.signum(dy);
        if (dx > 0) {
          slopes.add(dy / dx);
        }
      }
    }
    double slope = median(slopes.stream().mapToDouble(Double::doubleValue).toArray());
    return new TheilSen(slope, mannKendall(s, values), median(values));
  }

  private static double mannKendall(long s, double[] values) {
    double n = values.length;
    double variance = n * (n - 1) * (2 * n + 5);
    Map<Double, Integer> ties = new HashMap<>();
    for (double value : values) {
      ties.merge(value, 1, Integer::sum);
    }
    for (int t : ties.values()) {
      variance -= (double) t * (t - 1) * (2 * t + 5);
    }
    if (s == 0 || variance <= 0) {
      return 1;
    }
    double z = (Math.abs(s) - 1) / Math.sqrt(variance / 18);
    return 2 * NormalDistribution.of(0, 1).survivalProbability(z);
  }

  static double median(double[] values) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
