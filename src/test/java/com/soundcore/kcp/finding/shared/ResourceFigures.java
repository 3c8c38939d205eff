package com.soundcore.kcp.finding.shared;

import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.statistics.Medians;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The metrics of one resource over a run: in a degradation, before it and after it. */
public final class ResourceFigures {
  private final List<ResourceSample> samples;
  private final int firstSecond;
  private final boolean zeroWhereMissing;

  /**
   * @param samples of the resource alone
   * @param firstSecond start of the first hold; earlier samples show only a cold start
   * @param zeroWhereMissing whether a metric that is missing from a sample was 0
   */
  ResourceFigures(List<ResourceSample> samples, int firstSecond, boolean zeroWhereMissing) {
    this.samples = List.copyOf(samples);
    this.firstSecond = firstSecond;
    this.zeroWhereMissing = zeroWhereMissing;
  }

  /** Returns the metrics of a resource by name; empty if it was not monitored. */
  public static ResourceFigures of(List<ResourceSample> all, String resource, int firstSecond) {
    return new ResourceFigures(
        all.stream().filter(sample -> sample.service().equals(resource)).toList(),
        firstSecond,
        false);
  }

  List<ResourceSample> samples() {
    return samples;
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  /** Returns the values of a metric in a degradation. */
  List<Double> in(Degradation degradation, String figure) {
    return values(degradation.from(), degradation.to() + 1.0, figure);
  }

  /** Returns the mean of a metric in a degradation; 0 if it was not seen. */
  double mean(Degradation degradation, String figure) {
    return mean(in(degradation, figure)).orElse(0);
  }

  double median(Degradation degradation, String figure) {
    return Medians.of(in(degradation, figure).stream().mapToDouble(Double::doubleValue).toArray());
  }

  double most(Degradation degradation, String figure) {
    return in(degradation, figure).stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  double least(Degradation degradation, String figure) {
    return in(degradation, figure).stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }

  /**
   * Returns the mean of a metric before a degradation; empty if the degradation began with the
   * first hold.
   */
  Optional<Double> before(Degradation degradation, String figure) {
    return boxed(mean(values(firstSecond, degradation.from(), figure)));
  }

  /**
   * Returns the mean of a metric after a degradation; empty if the degradation lasted to the end.
   */
  Optional<Double> after(Degradation degradation, String figure) {
    return boxed(mean(values(degradation.to() + 1.0, Double.MAX_VALUE, figure)));
  }

  private static OptionalDouble mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average();
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private List<Double> values(double from, double to, String figure) {
    return samples.stream()
        .filter(sample -> sample.second() > from && sample.second() <= to)
        .map(sample -> sample.figures().get(figure))
        .filter(value -> value != null || zeroWhereMissing)
        .map(value -> value == null ? Double.valueOf(0) : value)
        .toList();
  }
}
