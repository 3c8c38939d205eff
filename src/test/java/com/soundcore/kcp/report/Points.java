package com.soundcore.kcp.report;

import com.soundcore.kcp.result.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToLongFunction;

/**
 * The seconds of a run as points of a chart. A point of several seconds is the mean of counts and
 * the maximum of percentiles, so that it keeps every peak.
 */
final class Points {
  private static final double HALF = 0.5;

  private final List<Timeline.Second> seconds;
  private final int step;
  private final int length;

  /**
   * @param length of the whole run in seconds; a service may have calls in only a part of it
   */
  Points(List<Timeline.Second> seconds, int step, int length) {
    this.seconds = seconds;
    this.step = step;
    this.length = length;
  }

  List<Double> planned(DoubleUnaryOperator rate, int plannedSeconds) {
    List<Double> points = new ArrayList<>();
    for (int from = 0; from < length; from += step) {
      double middle = from + step * HALF;
      points.add(middle < plannedSeconds ? rounded(rate.applyAsDouble(middle)) : null);
    }
    return points;
  }

  List<Double> mean(ToLongFunction<Timeline.Second> of) {
    List<Double> points = new ArrayList<>();
    for (int from = 0; from < length; from += step) {
      points.add(rounded(within(from).stream().mapToLong(of).average().orElse(0)));
    }
    return points;
  }

  /** Returns null without calls: a 0 would look like a fast response. */
  List<Long> most(ToLongFunction<Timeline.Second> of) {
    List<Long> points = new ArrayList<>();
    for (int from = 0; from < length; from += step) {
      points.add(
          within(from).stream()
              .map(second -> second.started() > 0 ? of.applyAsLong(second) : null)
              .filter(Objects::nonNull)
              .max(Long::compare)
              .orElse(null));
    }
    return points;
  }

  private List<Timeline.Second> within(int from) {
    int to = Math.min(seconds.size(), from + step);
    return from < to ? seconds.subList(from, to) : List.of();
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
