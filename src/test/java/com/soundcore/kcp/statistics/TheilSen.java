package com.soundcore.kcp.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A straight line through points that is robust against outliers. Its slope is the median of the
 * slopes of all pairs (H. Theil, 1950; P. K. Sen, 1968). The rank test of H. B. Mann (1945) and M.
 * G. Kendall (1975), with ties, decides whether there is a trend. Its variance is corrected for
 * autocorrelation (K. H. Hamed and A. R. Rao, 1998).
 *
 * @param slope per unit of x
 * @param pValue of the two-sided test; 1 for fewer than three points
 * @param median of the values
 */
public record TheilSen(double slope, double pValue, double median) {
  /** The largest number of points. Longer series are averaged over blocks first. */
  static final int MOST = 240;

  private static final int FEWEST = 3;
  private static final double SIGNIFICANT = 1.645;

  static TheilSen of(List<double[]> points) {
    double[] values = points.stream().mapToDouble(point -> point[1]).toArray();
    int n = values.length;
    if (n < FEWEST) {
      return new TheilSen(0, 1, Medians.of(values));
    }
    if (n > MOST) {
      throw new IllegalArgumentException(n + " points are more than " + MOST);
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int count = 0;
    long s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double dx = points.get(j)[0] - points.get(i)[0];
        double dy = values[j] - values[i];
        s += (long) Math.signum(dy);
        if (dx > 0) {
          slopes[count++] = dy / dx;
        }
      }
    }
    double slope = Medians.of(Arrays.copyOf(slopes, count));
    double[] detrended = new double[n];
    for (int i = 0; i < n; i++) {
      detrended[i] = values[i] - slope * points.get(i)[0];
    }
    return new TheilSen(slope, mannKendall(s, values, serial(detrended)), Medians.of(values));
  }

  private static double mannKendall(long s, double[] values, double serial) {
    double n = values.length;
    double variance = n * (n - 1) * (2 * n + 5);
    Map<Double, Integer> ties = new HashMap<>();
    for (double value : values) {
      ties.merge(value, 1, Integer::sum);
    }
    for (int t : ties.values()) {
      variance -= (double) t * (t - 1) * (2 * t + 5);
    }
    // If no value rises or falls, z is negative and the p-value 1.
    double z = (Math.abs(s) - 1) / Math.sqrt(variance * serial / 18);
    return Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(z));
  }

  /** Returns the factor by which autocorrelation enlarges the variance; at least 1. */
  private static double serial(double[] values) {
    int n = values.length;
    double[] ranks = ranks(values);
    double mean = (n + 1) / 2.0;
    double squares = 0;
    for (double rank : ranks) {
      squares += (rank - mean) * (rank - mean);
    }
    if (squares == 0) {
      return 1;
    }
    double sum = 0;
    for (int lag = 1; lag < n - 2; lag++) {
      double products = 0;
      for (int i = 0; i + lag < n; i++) {
        products += (ranks[i] - mean) * (ranks[i + lag] - mean);
      }
      double correlation = products / squares;
      if (Math.abs(correlation) < SIGNIFICANT / Math.sqrt(n)) {
        // Larger lags show only noise.
        break;
      }
      sum += (double) (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
    }
    return Math.max(1, 1 + 2 * sum / ((double) n * (n - 1) * (n - 2)));
  }

  /** Returns the ranks, from 1. Ties share their mean rank. */
  private static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
    double[] ranks = new double[values.length];
    for (int i = 0; i < order.length; ) {
      int end = i;
      while (end < order.length && values[order[end]] == values[order[i]]) {
        end++;
      }
      for (int k = i; k < end; k++) {
        ranks[order[k]] = (i + 1 + end) / 2.0;
      }
      i = end;
    }
    return ranks;
  }
}
