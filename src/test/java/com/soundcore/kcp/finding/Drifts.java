package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.Symptoms.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Operation;
import com.soundcore.kcp.finding.Symptoms.Span;
import com.soundcore.kcp.result.ResourceSample;
import com.soundcore.kcp.result.RunFacts.Phase;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.result.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What moved over the longest hold of a run, where the load did not. */
final class Drifts {
  static final String OLD_GENERATION = "old-generation";
  static final String MEMORY = "memory";
  static final String FILES = "open-files";

  private static final int FEWEST_SECONDS = 20;
  private static final int FEWEST_POINTS = 12;
  private static final int WINDOWS = 60;
  private static final double MEBIBYTE = 1024.0 * 1024;

  /** A trend before it is known how many others were tested beside it. */
  private record Candidate(
      String service,
      String figure,
      String unit,
      Trend trend,
      double least,
      OptionalDouble limit,
      boolean memory) {}

  private final Symptoms symptoms;
  private final FindingOptions.Drift options;
  private final Processes processes;

  Drifts(Symptoms symptoms, Processes processes) {
    this.symptoms = symptoms;
    this.options = symptoms.options().drift();
    this.processes = processes;
  }

  private Optional<Phase> longestHold() {
    return symptoms.facts().phases().stream()
        .filter(phase -> phase.hold() && phase.totalRps() > 0)
        .max(Comparator.comparingInt(phase -> phase.endSecond() - phase.startSecond()));
  }

  /** How long the hold is that is looked at. */
  int holdSeconds() {
    return longestHold().map(hold -> hold.endSecond() - hold.startSecond()).orElse(0);
  }

  /** What of it is looked at; nothing where it is not long enough. */
  private Optional<Span> span() {
    return longestHold()
        // The beginning is still the ramp's.
        .map(hold -> new Span(hold.startSecond() + 2, hold.endSecond() - 1))
        .filter(span -> span.to() - span.from() >= FEWEST_SECONDS);
  }

  /** Services whose process has no trend of its memory among these. */
  List<String> withoutMemory(List<Drift> drifts) {
    return symptoms.facts().operations().keySet().stream()
        .filter(processes::isFirst)
        .filter(
            service ->
                drifts.stream()
                    .filter(drift -> drift.service().equals(service))
                    .noneMatch(d -> d.figure().equals(MEMORY) || d.figure().equals(OLD_GENERATION)))
        .toList();
  }

  /** Every figure that has enough values, most of them without a trend. */
  List<Drift> all() {
    Optional<Span> span = span();
    if (span.isEmpty()) {
      return List.of();
    }
    List<Candidate> candidates = new ArrayList<>();
    for (String service : symptoms.facts().operations().keySet()) {
      latency(service, span.get()).ifPresent(candidates::add);
      errors(service, span.get()).ifPresent(candidates::add);
      if (processes.isFirst(service)) {
        memory(service, span.get()).ifPresent(candidates::add);
        files(service, span.get()).ifPresent(candidates::add);
      }
    }
    return judged(candidates);
  }

  /** Among many figures some move by chance: S. Holm's correction (1979). */
  private List<Drift> judged(List<Candidate> candidates) {
    candidates.sort(Comparator.comparingDouble(candidate -> candidate.trend().whole().pValue()));
    List<Drift> drifts = new ArrayList<>();
    boolean significant = true;
    for (int i = 0; i < candidates.size(); i++) {
      double p = candidates.get(i).trend().whole().pValue();
      significant &= p < options.significance() / (candidates.size() - i);
      drifts.add(drift(candidates.get(i), significant));
    }
    return drifts;
  }

  private Drift drift(Candidate of, boolean significant) {
    Trend trend = of.trend();
    double rise = trend.rise();
    Double fullAfter =
        of.limit().isPresent() && trend.steepest() > 0
            ? Double.valueOf((of.limit().getAsDouble() - trend.last()) / trend.steepest())
            : null;
    boolean large =
        of.limit().isPresent()
            ? fullAfter != null && fullAfter <= options.fullWithin() * trend.seconds()
            : rise >= options.share() * trend.whole().median();
    boolean matters = significant && rise >= of.least() && large && trend.goesOn(options.goesOn());
    String full =
        fullAfter == null
            ? ""
            : text("; at this rate its limit is reached after %,.0f more minutes", fullAfter / 60);
    List<String> all = processes.with(of.service());
    String whose =
        of.memory() && all.size() > 1 ? "the process of " + String.join(", ", all) : of.service();
    String sentence =
        text(
            "%s: %s rose by %.4g %s per minute, %.4g %s over %,.0f s at equal load"
                + " (by chance: p = %.1g)%s",
            whose,
            of.figure(),
            trend.whole().slope() * 60,
            of.unit(),
            rise,
            of.unit(),
            trend.seconds(),
            trend.whole().pValue(),
            full);
    return new Drift(
        of.service(),
        of.figure(),
        of.unit(),
        trend.whole().median(),
        trend.whole().slope() * 60,
        rise,
        trend.whole().pValue(),
        matters,
        sentence,
        fullAfter);
  }

  private Optional<Candidate> latency(String service, Span span) {
    List<double[]> points = windows(service, span, true);
    return candidate(
        service, "p95", "ms", points, options.leastMs(), OptionalDouble.empty(), false);
  }

  private Optional<Candidate> errors(String service, Span span) {
    List<double[]> points = windows(service, span, false);
    return candidate(
        service, "errors", "%", points, options.leastErrorPercent(), OptionalDouble.empty(), false);
  }

  private Optional<Candidate> files(String service, Span span) {
    return candidate(
        service,
        FILES,
        "files",
        symptoms.figure(service, FILES, span),
        options.leastFiles(),
        OptionalDouble.empty(),
        true);
  }

  /** What collections leave behind where that is known, else all of the process. */
  private Optional<Candidate> memory(String service, Span span) {
    List<double[]> left = symptoms.figure(service, OLD_GENERATION, span);
    boolean known = left.size() >= FEWEST_POINTS;
    List<double[]> points = known ? left : symptoms.figure(service, MEMORY, span);
    double rows = createdPerSecond(service, span) * options.createdRowBytes();
    List<double[]> megabytes =
        points.stream()
            .map(p -> new double[] {p[0], (p[1] - rows * (p[0] - span.from())) / MEBIBYTE})
            .toList();
    String figure = known ? OLD_GENERATION : MEMORY;
    return candidate(
        service,
        figure,
        "MiB",
        megabytes,
        options.leastMemoryBytes() / MEBIBYTE,
        limit(service, figure),
        true);
  }

  /** Rows that the test itself creates in a process: that it keeps them is no leak. */
  private double createdPerSecond(String service, Span span) {
    int hold = 0;
    while (symptoms.facts().phases().get(hold).endSecond() <= span.from()) {
      hold++;
    }
    double created = 0;
    for (String one : processes.with(service)) {
      for (Operation operation : symptoms.operations(one)) {
        Stats calls = symptoms.model().holds().get(hold).get(operation.fullName());
        created += operation.creates() && calls != null ? calls.requests() : 0;
      }
    }
    return created / (span.to() - span.from() + 1);
  }

  /** The largest value of the figure's own limit that was seen. */
  private OptionalDouble limit(String service, String figure) {
    return symptoms.resources().stream()
        .filter(sample -> sample.service().equals(service))
        .map(ResourceSample::figures)
        .filter(figures -> figures.getOrDefault(figure + "-limit", 0.0) > 0)
        .mapToDouble(figures -> figures.get(figure + "-limit") / MEBIBYTE)
        .max();
  }

  /** Medians over windows: a single slow second is no trend. */
  private List<double[]> windows(String service, Span span, boolean times) {
    List<Timeline.Second> seconds =
        symptoms.seconds(service).stream()
            .filter(second -> second.second() >= span.from() && second.second() <= span.to())
            .toList();
    int length = Math.max(1, (seconds.size() + WINDOWS - 1) / WINDOWS);
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

  private static Optional<Candidate> candidate(
      String service,
      String figure,
      String unit,
      List<double[]> points,
      double least,
      OptionalDouble limit,
      boolean memory) {
    return points.size() < FEWEST_POINTS
        ? Optional.empty()
        : Optional.of(new Candidate(service, figure, unit, Trend.of(points), least, limit, memory));
  }
}
