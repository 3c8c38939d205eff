package com.soundcore.kcp.finding;

import com.soundcore.kcp.statistics.MonotonicTrend;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A trend before the correction for the number of trends tested.
 *
 * @param service the service that reports the metric
 * @param figure name of the metric, such as "p95"
 * @param unit of its values
 * @param trend over the hold
 * @param least a smaller rise does not matter
 * @param limit of the metric, if it has one
 * @param memory whether the metric describes the process
 */
record DriftCandidate(
    String service,
    String figure,
    String unit,
    MonotonicTrend trend,
    double least,
    OptionalDouble limit,
    boolean memory) {
  static final int FEWEST_POINTS = 12;

  /** Returns a candidate, or empty if there are too few points for a trend. */
  static Optional<DriftCandidate> of(
      String service,
      String figure,
      String unit,
      List<double[]> points,
      double least,
      OptionalDouble limit,
      boolean memory) {
    return points.size() < FEWEST_POINTS
        ? Optional.empty()
        : Optional.of(
            new DriftCandidate(
                service, figure, unit, MonotonicTrend.of(points), least, limit, memory));
  }
}
