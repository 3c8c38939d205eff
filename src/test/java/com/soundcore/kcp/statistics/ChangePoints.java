package com.soundcore.kcp.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/**
 * Change points of a series with one value for each night.
 *
 * <p>The method is E-divisive (Matteson and James, A Nonparametric Approach for Multiple Change
 * Point Analysis of Multivariate Data, 2014) with the two changes of Hunter (arXiv 2301.03034). A
 * t-test replaces permutations, so that a series always has the same change points. Weak points are
 * accepted at first and then removed, the weakest first.
 */
public final class ChangePoints {
  private static final double WEAK = 10;
  private static final int SHORTEST = 3;

  private final double[] series;
  private final double significance;

  private ChangePoints(double[] series, double significance) {
    this.series = series;
    this.significance = significance;
  }

  /**
   * A change of level.
   *
   * @param index of the first value of the new level
   * @param before the median since the previous change or the start; a single bad night does not
   *     move it
   * @param after the median until the next change or the end
   * @param pValue of the t-test between the two
   */
  public record Change(int index, double before, double after, double pValue) {
    /** Returns the relative change; 0.1 for 10 % more. */
    public double relative() {
      if (before == after) {
        return 0;
      }
      return before == 0 ? Double.POSITIVE_INFINITY : after / before - 1;
    }
  }

  /**
   * Returns the changes of a series in order.
   *
   * @param significance probability of a change by chance, between 0 and 1, both excluded
   */
  public static List<Change> in(double[] series, double significance) {
    return new ChangePoints(series, significance).find();
  }

  /** Returns whether a series is long enough to contain a change. */
  public static boolean canChange(double[] series) {
    return series.length >= 2 * SHORTEST;
  }

  private List<Change> find() {
    TreeSet<Integer> points = candidates();
    for (List<Change> changes = changes(points); ; changes = changes(points)) {
      Change weakest =
          changes.stream()
              .max((one, other) -> Double.compare(one.pValue(), other.pValue()))
              .orElse(null);
      if (weakest == null || weakest.pValue() <= significance) {
        return changes;
      }
      points.remove(weakest.index());
    }
  }

  /**
   * A possible split of a segment.
   *
   * @param from first value
   * @param at first value of the second part
   * @param to after the last value
   * @param energy how far the parts differ; negative if the segment is too short
   */
  private record Split(int from, int at, int to, double energy) {}

  /**
   * Splits the segment whose parts differ most, and repeats until a split may be chance. A smaller
   * difference elsewhere is then even more likely to be chance.
   */
  private TreeSet<Integer> candidates() {
    TreeSet<Integer> points = new TreeSet<>();
    PriorityQueue<Split> splits =
        new PriorityQueue<>(Comparator.comparingDouble(Split::energy).reversed());
    splits.add(farthest(0, series.length));
    while (true) {
      Split best = splits.remove();
      Split sure = isSure(best) ? best : farthestUntil(best.from(), best.to());
      if (!isSure(sure)) {
        return points;
      }
      points.add(sure.at());
      splits.add(farthest(sure.from(), sure.at()));
      splits.add(farthest(sure.at(), sure.to()));
    }
  }

  private boolean isSure(Split split) {
    return split.energy() >= 0
        && pValue(split.from(), split.at(), split.to()) <= Math.min(0.5, significance * WEAK);
  }

  /**
   * Returns the split with the largest energy distance between its parts. The second part may end
   * early: if the level returns later, the entire rest would hide the change.
   */
  private Split farthest(int from, int to) {
    Split farthest = new Split(from, -1, to, -1);
    for (int end = from + 2 * SHORTEST; end <= to; end++) {
      Split one = farthestUntil(from, end);
      if (one.energy() > farthest.energy()) {
        farthest = new Split(from, one.at(), to, one.energy());
      }
    }
    return farthest;
  }

  private Split farthestUntil(int from, int to) {
    double within = 0;
    for (int i = from; i < to; i++) {
      within += distances(i, i + 1, to);
    }
    double left = 0;
    double right = within;
    double across = 0;
    double largest = -1;
    int best = -1;
    for (int split = from + 1; split <= to - SHORTEST; split++) {
      // One value moves from the right part to the left.
      double toLeft = distances(split - 1, from, split - 1);
      double toRight = distances(split - 1, split, to);
      left += toLeft;
      right -= toRight;
      across += toRight - toLeft;
      int m = split - from;
      int n = to - split;
      if (m >= SHORTEST) {
        double energy =
            2 * across / ((double) m * n)
                - 2 * left / ((double) m * (m - 1))
                - 2 * right / ((double) n * (n - 1));
        double scaled = energy * m * n / (m + n);
        if (scaled > largest) {
          largest = scaled;
          best = split;
        }
      }
    }
    return new Split(from, best, to, largest);
  }

  /** Returns the sum of a value's distances to the values of a segment. */
  private double distances(int of, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs(series[of] - series[i]);
    }
    return sum;
  }

  private List<Change> changes(TreeSet<Integer> points) {
    List<Change> changes = new ArrayList<>();
    for (int point : points) {
      int from = points.lower(point) == null ? 0 : points.lower(point);
      int to = points.higher(point) == null ? series.length : points.higher(point);
      changes.add(
          new Change(point, median(from, point), median(point, to), pValue(from, point, to)));
    }
    return changes;
  }

  private double median(int from, int to) {
    return Medians.of(Arrays.copyOfRange(series, from, to));
  }

  private double pValue(int from, int split, int to) {
    double[] one = Arrays.copyOfRange(series, from, split);
    double[] other = Arrays.copyOfRange(series, split, to);
    if (isConstant(one) && isConstant(other)) {
      return one[0] == other[0] ? 1 : 0;
    }
    return TTest.withDefaults().with(DataDispersion.HOMOSCEDASTIC).test(one, other).getPValue();
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }
}
