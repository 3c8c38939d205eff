package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.statistics.MonotonicTrend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The trends of all metrics over the longest hold of a run, at equal load. */
final class Drifts {
  static final String OLD_GENERATION = "old-generation";
  static final String MEMORY = "memory";
  static final String FILES = "open-files";

  private static final int FEWEST_SECONDS = 20;
  private static final int WINDOWS = 60;
  private static final double MEBIBYTE = 1024.0 * 1024;

  private final ServiceSignals signals;
  private final FindingOptions.Drift options;
  private final Processes processes;
  private final AddedRows added;

  Drifts(ServiceSignals signals, Processes processes, AddedRows added) {
    this.added = added;
    this.signals = signals;
    this.options = signals.options().drift();
    this.processes = processes;
  }

  private Optional<Phase> longestHold() {
    return signals.facts().phases().stream()
        .filter(phase -> phase.hold() && phase.totalRps() > 0)
        .max(Comparator.comparingInt(phase -> phase.endSecond() - phase.startSecond()));
  }

  /** Returns the length of the analysed hold, in seconds. */
  int holdSeconds() {
    return longestHold().map(hold -> hold.endSecond() - hold.startSecond()).orElse(0);
  }

  /** Returns the analysed part of the hold; empty if it is too short. */
  private Optional<Span> span() {
    return longestHold()
        .map(
            hold -> new Span(SteadyState.from(hold, signals.settleSeconds()), hold.endSecond() - 1))
        .filter(span -> span.to() - span.from() >= FEWEST_SECONDS);
  }

  /** Returns the services whose process has no memory trend among these. */
  List<String> withoutMemory(List<Drift> drifts) {
    return signals.facts().operations().keySet().stream()
        .filter(processes::isFirst)
        .filter(
            service ->
                drifts.stream()
                    .filter(drift -> drift.service().equals(service))
                    .noneMatch(d -> d.figure().equals(MEMORY) || d.figure().equals(OLD_GENERATION)))
        .toList();
  }

  /** Returns the trend of every metric with enough values; most do not matter. */
  List<Drift> all() {
    Optional<Span> span = span();
    if (span.isEmpty()) {
      return List.of();
    }
    List<DriftCandidate> candidates = new ArrayList<>();
    for (String service : signals.facts().operations().keySet()) {
      latency(service, span.get()).ifPresent(candidates::add);
      errors(service, span.get()).ifPresent(candidates::add);
      if (processes.isFirst(service)) {
        memory(service, span.get()).ifPresent(candidates::add);
        files(service, span.get()).ifPresent(candidates::add);
      }
    }
    return judged(candidates);
  }

  /**
   * Judges all trends together, because some of many rise by chance: S. Holm's correction (1979).
   */
  private List<Drift> judged(List<DriftCandidate> candidates) {
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

  private Drift drift(DriftCandidate of, boolean significant) {
    MonotonicTrend trend = of.trend();
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
            "%s: %s rose by %s %s per minute, %s %s over %,.0f s at equal load"
                + " (by chance: %s)%s",
            whose,
            of.figure(),
            Units.fourDigits(trend.whole().slope() * 60),
            of.unit(),
            Units.fourDigits(rise),
            of.unit(),
            trend.seconds(),
            Units.chance(trend.whole().pValue()),
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

  private Optional<DriftCandidate> latency(String service, Span span) {
    // A slowdown in proportion to the test's own rows is no drift; the caveat DATA GREW reports
    // them.
    double before = added.factorAt(service, span.from());
    List<double[]> points =
        windows(service, span, true).stream()
            .map(p -> new double[] {p[0], p[1] * before / added.factorAt(service, p[0])})
            .toList();
    return DriftCandidate.of(
        service, "p95", "ms", points, options.leastMs(), OptionalDouble.empty(), false);
  }

  private Optional<DriftCandidate> errors(String service, Span span) {
    List<double[]> points = windows(service, span, false);
    return DriftCandidate.of(
        service, "errors", "%", points, options.leastErrorPercent(), OptionalDouble.empty(), false);
  }

  private Optional<DriftCandidate> files(String service, Span span) {
    return DriftCandidate.of(
        service,
        FILES,
        "files",
        signals.figure(service, FILES, span),
        options.leastFiles(),
        OptionalDouble.empty(),
        true);
  }

  /**
   * Uses what collections leave behind if that is known, otherwise the memory of the whole process.
   */
  private Optional<DriftCandidate> memory(String service, Span span) {
    List<double[]> left = signals.figure(service, OLD_GENERATION, span);
    boolean known = left.size() >= DriftCandidate.FEWEST_POINTS;
    List<double[]> points = known ? left : signals.figure(service, MEMORY, span);
    double rows = createdPerSecond(service, span) * options.createdRowBytes();
    List<double[]> megabytes =
        points.stream()
            .map(p -> new double[] {p[0], (p[1] - rows * (p[0] - span.from())) / MEBIBYTE})
            .toList();
    String figure = known ? OLD_GENERATION : MEMORY;
    return DriftCandidate.of(
        service,
        figure,
        "MiB",
        megabytes,
        options.leastMemoryBytes() / MEBIBYTE,
        limit(service, figure),
        true);
  }

  /** Returns the rows that the test creates in a process per second: keeping them is no leak. */
  private double createdPerSecond(String service, Span span) {
    int hold = 0;
    while (signals.facts().phases().get(hold).endSecond() <= span.from()) {
      hold++;
    }
    double created = 0;
    for (String one : processes.with(service)) {
      for (Operation operation : signals.operations(one)) {
        Stats calls = signals.model().holds().get(hold).get(operation.fullName());
        created += operation.creates() && calls != null ? calls.requests() : 0;
      }
    }
    return created / (span.to() - span.from() + 1);
  }

  /** Returns the largest limit of the metric that was seen. */
  private OptionalDouble limit(String service, String figure) {
    return signals.resources().stream()
        .filter(sample -> sample.service().equals(service))
        .map(ResourceSample::figures)
        .filter(figures -> figures.getOrDefault(figure + "-limit", 0.0) > 0)
        .mapToDouble(figures -> figures.get(figure + "-limit") / MEBIBYTE)
        .max();
  }

  /** Returns one value for each window: a single slow second is no trend. */
  private List<double[]> windows(String service, Span span, boolean times) {
    List<Timeline.Second> seconds =
        signals.seconds(service).stream()
            .filter(second -> second.second() >= span.from() && second.second() <= span.to())
            .toList();
    int length = Math.max(1, (seconds.size() + WINDOWS - 1) / WINDOWS);
    List<double[]> points = new ArrayList<>();
    for (int from = 0; from + length <= seconds.size(); from += length) {
      List<Timeline.Second> window = seconds.subList(from, from + length);
      double value =
          times
              ? signals.p95(service, window)
              : 100.0
                  * window.stream().mapToLong(Timeline.Second::failed).sum()
                  / window.stream().mapToLong(Timeline.Second::started).sum();
      points.add(new double[] {window.get(0).second(), value});
    }
    return points;
  }
}
