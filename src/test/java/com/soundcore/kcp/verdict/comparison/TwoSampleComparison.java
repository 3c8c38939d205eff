package com.soundcore.kcp.verdict.comparison;

import com.soundcore.kcp.config.ComparisonOptions;
import com.soundcore.kcp.statistics.Medians;
import com.soundcore.kcp.verdict.comparison.Comparison.Difference;
import com.soundcore.kcp.verdict.comparison.Comparison.Interval;
import com.soundcore.kcp.verdict.comparison.Comparison.Outcome;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * The shift of a metric between two runs, from its values in the blocks of each.
 *
 * <p>The shift is the median of all differences between a block of one run and a block of the other
 * (J. L. Hodges and E. L. Lehmann, 1963). The rank test of H. B. Mann and D. R. Whitney (1947)
 * shows whether chance explains it. The bounds of a median are those of the sign test. None of
 * these methods assumes a distribution of the response times.
 */
record TwoSampleComparison(String subject, String figure, String unit) {
  private static final double Z_95 = 1.96;

  /**
   * Compares two runs by the shift between their blocks.
   *
   * @param matters the smallest difference that counts, given the earlier median
   */
  Difference of(
      double[] now, double[] before, DoubleUnaryOperator matters, ComparisonOptions options) {
    if (now.length < options.minBlocks() || before.length < options.minBlocks()) {
      return new Difference(subject, figure, unit, null, null, null, null, Outcome.TOO_FEW);
    }
    Interval was = interval(before);
    return weighed(now, before, hodgesLehmann(now, before), was, interval(now), matters, options);
  }

  /** Compares two runs by the difference between the whole runs. */
  Difference ofWholes(
      double[] now,
      double[] before,
      double wholeNow,
      double wholeBefore,
      DoubleUnaryOperator matters,
      ComparisonOptions options) {
    if (now.length < options.minBlocks() || before.length < options.minBlocks()) {
      return new Difference(subject, figure, unit, null, null, null, null, Outcome.TOO_FEW);
    }
    Interval was = interval(before);
    Interval is = interval(now);
    return weighed(
        now,
        before,
        wholeNow - wholeBefore,
        new Interval(wholeBefore, was.low(), was.high()),
        new Interval(wholeNow, is.low(), is.high()),
        matters,
        options);
  }

  private Difference weighed(
      double[] now,
      double[] before,
      double shift,
      Interval was,
      Interval is,
      DoubleUnaryOperator matters,
      ComparisonOptions options) {
    double rank = MannWhitneyUTest.withDefaults().test(now, before).getPValue();
    // If all values are equal, the test has nothing to rank: there is no difference.
    double p = Double.isNaN(rank) ? 1 : rank;
    boolean counts =
        Math.abs(shift) > matters.applyAsDouble(was.median()) && p < options.significance();
    Outcome outcome = Outcome.SAME;
    if (counts) {
      outcome = shift > 0 ? Outcome.REGRESSION : Outcome.IMPROVEMENT;
    }
    return new Difference(subject, figure, unit, was, is, shift, p, outcome);
  }

  private static double hodgesLehmann(double[] now, double[] before) {
    double[] differences = new double[now.length * before.length];
    int next = 0;
    for (double a : now) {
      for (double b : before) {
        differences[next++] = a - b;
      }
    }
    return Medians.of(differences);
  }

  private static Interval interval(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double half = Z_95 * Math.sqrt(sorted.length) / 2;
    int low = (int) Math.max(0, Math.floor(sorted.length / 2.0 - half));
    int high = (int) Math.min(sorted.length - 1.0, Math.ceil(sorted.length / 2.0 + half));
    return new Interval(Medians.of(sorted), sorted[low], sorted[high]);
  }
}
