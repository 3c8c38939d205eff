package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.clock;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Answered.Example;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The measurements of each service, second by second; the only input of the diagnosis. */
final class ServiceSignals {
  /** A second belongs to a stretch if at least this many of the five seconds around its end do. */
  private static final int OF_FIVE = 4;

  private static final int FIVE = 5;
  private static final double BEST = 0.2;
  // Calls per second from which on a second's p95 is meaningful, or nearly so.
  private static final double MANY = 20;
  private static final double SOME = 6;

  /** A stretch of seconds, both ends included. */
  record Span(int from, int to) {
    String text() {
      return clock(from) + " to " + clock(to + 1);
    }
  }

  private final KcpConfig config;
  private final RunMetadata facts;
  private final RunModel model;
  private final List<ResourceSample> resources;
  private final List<Example> examples;
  private final GeneratorEffect effect;
  private final int firstHold;
  private final Map<String, List<Timeline.Second>> secondsByService = new HashMap<>();

  ServiceSignals(
      KcpConfig config,
      RunMetadata facts,
      RunModel model,
      List<ResourceSample> resources,
      List<Example> examples,
      GeneratorEffect effect) {
    this.examples = examples;
    this.effect = effect;
    this.config = config;
    this.facts = facts;
    this.model = model;
    this.resources = resources;
    // Earlier seconds show only a cold start.
    this.firstHold =
        facts.phases().stream().filter(Phase::hold).findFirst().map(Phase::startSecond).orElse(0);
  }

  /** Returns the seconds at the beginning of each hold in which latency does not count. */
  int settleSeconds() {
    return (int) config.gates().settle().toSeconds();
  }

  FindingOptions options() {
    return config.findings();
  }

  boolean isHere() {
    return config.environment().isHere();
  }

  boolean generatorWasLate() {
    return effect.saturated();
  }

  RunMetadata facts() {
    return facts;
  }

  RunModel model() {
    return model;
  }

  /** Returns all operations of a service. */
  Collection<Operation> operations(String service) {
    return config.allServices().get(service).operations().values();
  }

  Target target(String service) {
    return config.allServices().get(service).target();
  }

  /**
   * Returns a service's seconds with calls, from the first hold to the planned end. The p95 of a
   * few calls is the slowest of them, so if calls are rare, each second has the median of its
   * neighbours. The median keeps edges in their place.
   */
  List<Timeline.Second> seconds(String service) {
    return secondsByService.computeIfAbsent(service, this::smoothed);
  }

  private List<Timeline.Second> smoothed(String service) {
    List<Timeline.Second> raw = raw(service);
    double usual = Medians.of(raw.stream().mapToDouble(Timeline.Second::started).toArray());
    int half = usual >= MANY ? 0 : usual >= SOME ? 1 : 3;
    List<Timeline.Second> smoothed = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      Timeline.Second s = raw.get(i);
      double[] near =
          raw.subList(Math.max(0, i - half), Math.min(raw.size(), i + half + 1)).stream()
              .mapToDouble(Timeline.Second::p95Ms)
              .toArray();
      long p95 = Math.round(Medians.of(near));
      smoothed.add(
          new Timeline.Second(
              s.second(), s.users(), s.started(), s.ok(), s.failed(), s.p50Ms(), p95, s.p99Ms()));
    }
    return smoothed;
  }

  /**
   * Returns the p95 of a stretch in ms: that of its typical second, or, if calls are rare, that of
   * all its calls together. The p95 of four calls is only the slowest of them, and a median of such
   * values is no p95.
   */
  double p95(String service, List<Timeline.Second> stretch) {
    return model
        .timelineOf(service)
        .pooledP95(stretch.stream().map(Timeline.Second::second).toList())
        .orElse(Medians.of(stretch.stream().mapToDouble(Timeline.Second::p95Ms).toArray()));
  }

  /**
   * Returns the seconds without smoothing. Seconds whose times the generator caused are left out
   * unless they have errors.
   */
  List<Timeline.Second> raw(String service) {
    Timeline timeline = model.timelines().get(service);
    return timeline == null
        ? List.of()
        : timeline.seconds().stream()
            .filter(second -> second.started() > 0)
            .filter(second -> second.second() >= firstHold)
            .filter(second -> second.second() < facts.plannedSeconds())
            .filter(s -> s.failed() > 0 || !effect.itsOwn().contains(s.second()))
            .toList();
  }

  /** Returns the longest stretch in which a service was much slower than at its best. */
  Optional<Span> slow(String service) {
    return slow(service, 0);
  }

  /** Returns the longest slow stretch from a second on. */
  Optional<Span> slow(String service, int from) {
    double limit = slowFrom(service);
    return longest(
        seconds(service).stream().filter(second -> second.second() >= from).toList(),
        second -> second.p95Ms() > limit);
  }

  List<ResourceSample> resources() {
    return resources;
  }

  /** Returns the p95 in ms above which a service is much slower than at its best. */
  double slowFrom(String service) {
    double best = best(service);
    FindingOptions.Rise rise = options().degraded();
    return Math.max(best * rise.times(), best + rise.least().toMillis());
  }

  /** Returns the p95 in ms of the service's better seconds. */
  double best(String service) {
    List<Timeline.Second> all = seconds(service);
    List<Timeline.Second> right = all.stream().filter(ServiceSignals::isMostlyRight).toList();
    List<Timeline.Second> these = right.isEmpty() ? all : right;
    double[] sorted = these.stream().mapToDouble(Timeline.Second::p95Ms).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) (BEST * (sorted.length - 1))];
  }

  /**
   * Returns whether most calls of a second succeeded: a refusal may be faster than any response.
   */
  static boolean isMostlyRight(Timeline.Second second) {
    return second.ok() > second.failed();
  }

  /** Returns the longest stretch in which nearly every second meets a condition. */
  static Optional<Span> longest(List<Timeline.Second> seconds, Predicate<Timeline.Second> is) {
    Span longest = null;
    int from = -1;
    for (int i = FIVE - 1; i < seconds.size(); i++) {
      long those = seconds.subList(i - FIVE + 1, i + 1).stream().filter(is).count();
      if (those >= OF_FIVE) {
        from = from < 0 ? first(seconds.subList(i - FIVE + 1, i + 1), is) : from;
        Span span = new Span(from, seconds.get(i).second());
        if (longest == null || span.to() - span.from() > longest.to() - longest.from()) {
          longest = span;
        }
      } else {
        from = -1;
      }
    }
    return Optional.ofNullable(longest);
  }

  private static int first(List<Timeline.Second> seconds, Predicate<Timeline.Second> is) {
    return seconds.stream().filter(is).findFirst().orElseThrow().second();
  }

  /** Returns the steady calls of a service; empty statistics if there were none. */
  Stats steady(String service) {
    return model.steadyByService().getOrDefault(service, new Stats());
  }

  /** Returns the values of a service's metric within a span, each with its second. */
  List<double[]> figure(String service, String figure, Span span) {
    return resources.stream()
        .filter(sample -> sample.service().equals(service))
        .filter(sample -> sample.figures().get(figure) != null)
        .filter(sample -> sample.second() >= span.from() && sample.second() <= span.to() + 1)
        .map(sample -> new double[] {sample.second(), sample.figures().get(figure)})
        .toList();
  }

  double median(String service, String figure, Span span) {
    return Medians.of(
        figure(service, figure, span).stream().mapToDouble(point -> point[1]).toArray());
  }

  /** Returns the median absolute deviation as a fraction of the median. */
  static double spread(List<double[]> points) {
    double[] values = points.stream().mapToDouble(point -> point[1]).toArray();
    double median = Medians.of(values);
    return Medians.of(Arrays.stream(values).map(v -> Math.abs(v - median)).toArray()) / median;
  }

  /** Returns the span of all analysed seconds. */
  Span whole() {
    return new Span(firstHold, Math.max(firstHold, facts.plannedSeconds() - 1));
  }

  /**
   * Returns the beginning of the first response that failed in this way; empty if none was kept.
   */
  Optional<String> answer(String service, String message) {
    return examples.stream()
        .filter(one -> one.request().startsWith(service + " / ") && !one.answer().isBlank())
        .filter(one -> !one.wrong().isEmpty() && message.endsWith(one.wrong()))
        .map(Example::answer)
        .findFirst();
  }

  /** Returns the failures of a service by message, over the whole run. */
  Map<String, Long> errors(String service) {
    return model.errorsByService().getOrDefault(service, Map.of());
  }
}
