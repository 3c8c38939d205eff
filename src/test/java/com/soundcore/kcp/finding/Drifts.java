package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.Symptoms.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.finding.Symptoms.Span;
import com.soundcore.kcp.result.RunFacts.Phase;
import com.soundcore.kcp.result.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What moved over the longest hold of a run, where the load did not. */
final class Drifts {
  static final String OLD_GENERATION = "old-generation";
  static final String MEMORY = "memory";
  static final String FILES = "open-files";

  private static final int FEWEST_SECONDS = 20;
  private static final int FEWEST_POINTS = 8;
  private static final int WINDOWS = 20;
  private static final double MEBIBYTE = 1024.0 * 1024;

  private final Symptoms symptoms;
  private final FindingOptions.Drift options;

  Drifts(Symptoms symptoms) {
    this.symptoms = symptoms;
    this.options = symptoms.options().drift();
  }

  /** Nothing where no hold is long enough. */
  List<Drift> all() {
    Optional<Phase> hold =
        symptoms.facts().phases().stream()
            .filter(Phase::hold)
            .max(Comparator.comparingInt(phase -> phase.endSecond() - phase.startSecond()));
    if (hold.isEmpty()) {
      return List.of();
    }
    // The beginning is still the ramp's.
    Span span = new Span(hold.get().startSecond() + 2, hold.get().endSecond() - 1);
    if (span.to() - span.from() < FEWEST_SECONDS) {
      return List.of();
    }
    List<Drift> all = new ArrayList<>();
    for (String service : symptoms.facts().operations().keySet()) {
      latency(service, span).ifPresent(all::add);
      errors(service, span).ifPresent(all::add);
      memory(service, span).ifPresent(all::add);
      drift(
              service,
              FILES,
              "files",
              symptoms.figure(service, FILES, span),
              span,
              options.leastFiles())
          .ifPresent(all::add);
    }
    return all;
  }

  private Optional<Drift> latency(String service, Span span) {
    List<double[]> points = windows(service, span, true);
    return drift(service, "p95", "ms", points, span, options.leastMs());
  }

  private Optional<Drift> errors(String service, Span span) {
    List<double[]> points = windows(service, span, false);
    return drift(service, "errors", "%", points, span, options.leastErrorPercent());
  }

  /** What collections leave behind where that is known, else all of the process. */
  private Optional<Drift> memory(String service, Span span) {
    List<double[]> left = symptoms.figure(service, OLD_GENERATION, span);
    boolean known = left.size() >= FEWEST_POINTS;
    List<double[]> points = known ? left : symptoms.figure(service, MEMORY, span);
    List<double[]> megabytes =
        points.stream().map(point -> new double[] {point[0], point[1] / MEBIBYTE}).toList();
    String figure = known ? OLD_GENERATION : MEMORY;
    return drift(service, figure, "MiB", megabytes, span, options.leastMemoryBytes() / MEBIBYTE);
  }

  /** Medians over windows: a single slow second is no trend. */
  private List<double[]> windows(String service, Span span, boolean times) {
    List<Timeline.Second> seconds =
        symptoms.seconds(service).stream()
            .filter(second -> second.second() >= span.from() && second.second() <= span.to())
            .toList();
    int length = Math.max(1, seconds.size() / WINDOWS);
    List<double[]> points = new ArrayList<>();
    for (int from = 0; from + length <= seconds.size(); from += length) {
      List<Timeline.Second> window = seconds.subList(from, from + length);
      double value =
          times
              ? TheilSen.median(window.stream().mapToDouble(Timeline.Second::p95Ms).toArray())
              : 100.0
                  * window.stream().mapToLong(Timeline.Second::failed).sum()
                  / window.stream().mapToLong(Timeline.Second::started).sum();
      points.add(new double[] {window.get(0).second(), value});
    }
    return points;
  }

  private Optional<Drift> drift(
      String service, String figure, String unit, List<double[]> points, Span span, double least) {
    if (points.size() < FEWEST_POINTS) {
      return Optional.empty();
    }
    TheilSen trend = TheilSen.of(points);
    double rise = trend.slope() * (span.to() - span.from());
    boolean matters =
        trend.pValue() < options.significance()
            && rise >= least
            && rise >= options.share() * trend.median();
    double perMinute = trend.slope() * 60;
    String sentence =
        text(
            "%s %s rose by %.4g %s per minute, %.4g %s over %d s at equal load (chance alone: p = %.1g)",
            service, figure, perMinute, unit, rise, unit, span.to() - span.from(), trend.pValue());
    return Optional.of(
        new Drift(
            service,
            figure,
            unit,
            trend.median(),
            perMinute,
            rise,
            trend.pValue(),
            matters,
            sentence));
  }
}
