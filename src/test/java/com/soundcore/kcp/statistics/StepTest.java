package com.soundcore.kcp.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A test whether one segment of a series lies above the rest by more than chance. It is a t-test in
 * which values count for less if neighbours are alike (an autoregression of first order: G. V.
 * Bayley and J. M. Hammersley, The "effective" number of independent observations, 1946). It is
 * corrected for all the segments among which this one was chosen (C. E. Bonferroni, 1936). The
 * values should be symmetric about their mean, as logarithms of response times nearly are.
 */
public final class StepTest {
  // Even a series that only drifts has a few independent values.
  private static final double MOST_ALIKE = 0.98;
  private static final double FEWEST = 4;

  private StepTest() {}

  /**
   * Returns the probability that chance alone makes such a segment somewhere in such a series.
   *
   * @param from first value of the segment
   * @param to the value after its last one
   * @return 0 to 1; 1 if there are too few values
   */
  public static double pValue(double[] values, int from, int to) {
    int n = values.length;
    int m = to - from;
    if (m < 2 || n - m < 2) {
      return 1;
    }
    double inside = mean(values, from, to);
    double outside = (mean(values, 0, n) * n - inside * m) / (n - m);
    double[] residuals = new double[n];
    for (int i = 0; i < n; i++) {
      residuals[i] = values[i] - (i >= from && i < to ? inside : outside);
    }
    double squares = Arrays.stream(residuals).map(r -> r * r).sum();
    if (squares == 0) {
      return inside > outside ? 0 : 1;
    }
    double products = 0;
    for (int i = 1; i < n; i++) {
      products += residuals[i] * residuals[i - 1];
    }
    double measured = products / squares;
    // A short series underestimates its autocorrelation (M. G. Kendall, 1954).
    double alike = Math.max(0, Math.min(MOST_ALIKE, measured + (1 + 4 * measured) / n));
    double part = (1 - alike) / (1 + alike);
    double effective = Math.max(FEWEST, n * part);
    double t =
        (inside - outside)
            * Math.sqrt((double) m * (n - m) / n * part)
            / Math.sqrt(squares / (n - 2));
    double once = TDistribution.of(effective - 2).survivalProbability(t);
    return Math.min(1, once * effective * (effective - 1) / 2);
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElse(0);
  }
}
