package com.soundcore.kcp.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The trend of values over a period and over its thirds. A cache that warms up slows down; a leak
 * continues.
 *
 * @param whole trend of block means
 * @param middlePerSecond the slope in the middle third
 * @param lastPerSecond the slope in the last third
 * @param last the mean of the last tenth
 * @param seconds from the first point to the last
 */
public record MonotonicTrend(
    TheilSen whole, double middlePerSecond, double lastPerSecond, double last, double seconds) {
  private static final int BLOCKS = 60;
  private static final int THIRDS = 3;
  private static final int TENTHS = 10;
  private static final int FEWEST_STEPS = 4;
  private static final double OVERDUE = 1.5;

  /**
   * Computes the trend.
   *
   * @param points second and value, in order of time; at least three
   */
  public static MonotonicTrend of(List<double[]> points) {
    List<double[]> blocks = means(points, Math.max(1, (points.size() + BLOCKS - 1) / BLOCKS));
    List<double[]> moves = moves(points, blocks);
    int n = moves.size();
    List<double[]> tail =
        points.subList(points.size() - Math.max(1, points.size() / TENTHS), points.size());
    return new MonotonicTrend(
        TheilSen.of(blocks),
        slope(moves.subList(n / THIRDS, Math.max(2 * n / THIRDS, n / THIRDS + 2))),
        slope(moves.subList(Math.min(2 * n / THIRDS, n - 2), n)),
        tail.stream().mapToDouble(point -> point[1]).average().orElse(0),
        points.get(points.size() - 1)[0] - points.get(0)[0]);
  }

  /** Returns the slope; of two points, the slope between them. */
  private static double slope(List<double[]> points) {
    double[] first = points.get(0);
    double[] last = points.get(points.size() - 1);
    return points.size() == 2
        ? (last[1] - first[1]) / (last[0] - first[0])
        : TheilSen.of(points).slope();
  }

  /**
   * Returns the points that show the pace. A metric that is known only now and then, such as the
   * heap left after a collection, is a staircase: between its steps it does not show how fast it
   * rises. Then only its steps count. Its end counts if the next step is long overdue by the time
   * between two steps. Other series are represented by their blocks.
   */
  private static List<double[]> moves(List<double[]> points, List<double[]> blocks) {
    List<double[]> moves = new ArrayList<>(points.subList(0, 1));
    double longest = 0;
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i)[1] != points.get(i - 1)[1]) {
        // The time before the first step does not show the pace.
        double since = points.get(i)[0] - moves.get(moves.size() - 1)[0];
        longest = moves.size() == 1 ? 0 : Math.max(longest, since);
        moves.add(points.get(i));
      }
    }
    double[] end = points.get(points.size() - 1);
    if (end[0] - moves.get(moves.size() - 1)[0] > OVERDUE * longest) {
      moves.add(end);
    }
    boolean staircase = moves.size() >= FEWEST_STEPS && moves.size() < blocks.size() / 2;
    return staircase ? moves : blocks;
  }

  private static List<double[]> means(List<double[]> points, int length) {
    List<double[]> means = new ArrayList<>();
    for (int from = 0; from + length <= points.size(); from += length) {
      double seconds = 0;
      double values = 0;
      for (double[] point : points.subList(from, from + length)) {
        seconds += point[0];
        values += point[1];
      }
      means.add(new double[] {seconds / length, values / length});
    }
    return means;
  }

  /** Returns the slope per second of the whole period, or of its last third if that is steeper. */
  public double steepest() {
    return Math.max(whole.slope(), lastPerSecond);
  }

  public double rise() {
    return whole.slope() * seconds;
  }

  /**
   * Returns whether the trend has not slowed down.
   *
   * @param share fraction of the earlier slopes that the last third must keep
   */
  public boolean goesOn(double share) {
    return lastPerSecond > 0
        && lastPerSecond >= share * middlePerSecond
        && lastPerSecond >= share * whole.slope();
  }
}
