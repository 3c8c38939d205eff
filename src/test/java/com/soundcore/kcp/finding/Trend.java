package com.soundcore.kcp.finding;

import java.util.ArrayList;
import java.util.List;

/**
 * How values moved over a stretch of time: over all of it, and over its thirds, since a cache that
 * warms up slows down and a leak goes on.
 *
 * @param whole of block means
 * @param middlePerSecond the slope in the middle third
 * @param lastPerSecond the slope in the last third
 * @param last the mean of the last tenth
 * @param seconds from the first point to the last
 */
record Trend(
    TheilSen whole, double middlePerSecond, double lastPerSecond, double last, double seconds) {
  private static final int BLOCKS = 60;
  private static final int THIRDS = 3;
  private static final int TENTHS = 10;

  /**
   * Looks.
   *
   * @param points second and value, in order of time; at least three
   */
  static Trend of(List<double[]> points) {
    List<double[]> blocks = means(points, Math.max(1, (points.size() + BLOCKS - 1) / BLOCKS));
    int n = blocks.size();
    List<double[]> tail =
        points.subList(points.size() - Math.max(1, points.size() / TENTHS), points.size());
    return new Trend(
        TheilSen.of(blocks),
        TheilSen.of(blocks.subList(n / THIRDS, 2 * n / THIRDS)).slope(),
        TheilSen.of(blocks.subList(2 * n / THIRDS, n)).slope(),
        tail.stream().mapToDouble(point -> point[1]).average().orElse(0),
        points.get(points.size() - 1)[0] - points.get(0)[0]);
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

  /** Per second: that of the whole, or that of the end where it got steeper. */
  double steepest() {
    return Math.max(whole.slope(), lastPerSecond);
  }

  double rise() {
    return whole.slope() * seconds;
  }

  /**
   * Whether it has not slowed down.
   *
   * @param share of the slope before that must be left in the last third
   */
  boolean goesOn(double share) {
    return lastPerSecond > 0
        && lastPerSecond >= share * middlePerSecond
        && lastPerSecond >= share * whole.slope();
  }
}
