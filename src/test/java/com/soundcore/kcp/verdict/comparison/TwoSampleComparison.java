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
 * By how much a figure has moved between two runs, given its values in the blocks of each.
 *
 * <p>The shift is the median of all differences between a block of one run and a block of the other
 * (J. L. Hodges and E. L. Lehmann, 1963); whether chance explains it is answered by the rank test
 * of H. B. Mann and D. R. Whitney (1947); the bounds of a median are those of the sign test. None
 * of them supposes how response times are distributed.
 */
record TwoSampleComparison(String subject, String figure, String unit) {
  private static final double Z_95 = 1.96;

  /**
   * Weighs it.
   *
   * @param matters the smallest difference that counts, given the median before
   */
  Difference of(
      double[] now, double[] before, DoubleUnaryOperator matters, ComparisonOptions options) {
    if (now.length < options.minBlocks() || before.length < options.minBlocks()) {
      return new Difference(subject, figure, unit, null, null, null, null, Outcome.TOO_FEW);
    }
    Interval was = interval(before);
    return weighed(now, before, hodgesLehmann(now, before), was, interval(now), matters, options);
  }

  /** The same where the size of the shift is that between the runs as wholes. */
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
    // Where every value is the same the test has nothing to order: that is no difference at all.
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
