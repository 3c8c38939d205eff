package com.soundcore.kcp.finding;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.finding.shared.Degradation;
import com.soundcore.kcp.finding.shared.SharedCause;
import com.soundcore.kcp.finding.shared.SharedCauses;
import com.soundcore.kcp.finding.shared.Surroundings;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services that were slow or failed, and when. */
final class Degradations {
  static final int WARM_UP_SECONDS = 10;

  private static final Set<String> CREEPING =
      Set.of(FindingKind.MEMORY_LEAK.key(), FindingKind.DRIFT.key());

  // These kinds show by errors: the service may have been slow much earlier, for another reason.
  private static final Set<String> FAILING =
      Stream.of(
              FindingKind.RATE_LIMITED,
              FindingKind.UNAUTHORIZED,
              FindingKind.REJECTED_INPUT,
              FindingKind.SERVER_ERRORS,
              FindingKind.WRONG_CONTENT,
              FindingKind.CONNECTIONS_CLOSED,
              FindingKind.NO_ANSWER,
              FindingKind.OUT_OF_MEMORY,
              FindingKind.RESTART,
              FindingKind.OUTAGE)
          .map(FindingKind::key)
          .collect(Collectors.toSet());

  private final ServiceSignals signals;
  private final Evidence evidence;
  private final Outages outages;
  private final OutsideTime outside;
  private final Map<String, Steps.Step> steps;

  Degradations(
      ServiceSignals signals,
      Evidence evidence,
      Outages outages,
      OutsideTime outside,
      Map<String, Steps.Step> steps) {
    this.outside = outside;
    this.signals = signals;
    this.evidence = evidence;
    this.outages = outages;
    this.steps = steps;
  }

  /** Returns the causes in a shared database, cache or machine. */
  List<SharedCause> sharedCauses(Surroundings seen) {
    List<Degradation> degradations = all();
    Set<String> sound = new TreeSet<>(signals.facts().operations().keySet());
    degradations.forEach(degradation -> sound.remove(degradation.service()));
    return SharedCauses.of(degradations, sound, seen);
  }

  /** Describes a service's failures, or else its latency. */
  String sentence(String service) {
    Optional<Span> failing =
        warm(service).isEmpty() && evidence.fails(service)
            ? evidence.failing(service)
            : Optional.empty();
    return service
        + ": "
        + failing
            .map(span -> evidence.failures(service, span))
            .orElseGet(() -> evidence.latency(service, warm(service).orElse(signals.whole())));
  }

  /** Returns the degradations of services that were up; an outage needs no other cause. */
  private List<Degradation> all() {
    List<Degradation> degradations = new ArrayList<>();
    for (String service : signals.facts().operations().keySet()) {
      boolean degraded = warm(service).isPresent() || missed(service) || evidence.fails(service);
      Span span = when(service).orElse(signals.whole());
      if (degraded && !(outages.gone(service).isPresent() && outages.explains(service, span))) {
        boolean inside = evidence.fails(service) || outside.of(service, span).isEmpty();
        degradations.add(
            new Degradation(service, span.from(), span.to(), signals.errors(service), inside));
      }
    }
    return degradations;
  }

  /** Returns when a service was much slower than at its best. */
  Optional<Span> slow(String service) {
    return Optional.ofNullable(steps.get(service))
        .map(step -> new Span(step.from(), step.to() - 1))
        .or(() -> signals.slow(service));
  }

  /** Returns when a service was slow, apart from its cold start. */
  Optional<Span> warm(String service) {
    return slow(service)
        .flatMap(
            span ->
                isColdStart(service, span)
                    ? signals.slow(service, span.to() + 1)
                    : Optional.of(span));
  }

  /** Adds the time in which the services were slow or failed; a gradual change has no beginning. */
  Finding timed(Finding finding, List<String> services) {
    if (CREEPING.contains(finding.kind())) {
      return finding;
    }
    boolean failing = FAILING.contains(finding.kind());
    List<Span> spans =
        services.stream()
            .flatMap(
                one -> (failing ? evidence.failing(one).or(() -> slow(one)) : when(one)).stream())
            .toList();
    return spans.stream()
        .reduce((a, b) -> new Span(Math.min(a.from(), b.from()), Math.max(a.to(), b.to())))
        .map(finding::within)
        .orElse(finding);
  }

  /**
   * Returns when a service was slow, or else when it failed, including the time in which calls
   * waited until the load was stopped.
   */
  Optional<Span> when(String service) {
    return warm(service)
        .or(() -> evidence.failing(service))
        .map(span -> evidence.waiting(service, span));
  }

  /** Returns whether the service missed its target over the steady seconds. */
  boolean missed(String service) {
    Stats steady = signals.steady(service);
    return steady.requests() >= signals.options().levelSamples()
        && steady.percentile(Percentile.P95) >= signals.target(service).p95().toMillis();
  }

  /**
   * Returns whether the service was slow for the first few seconds only: caches and compilers warm
   * up.
   */
  private boolean isColdStart(String service, Span span) {
    int start = signals.whole().from();
    return !steps.containsKey(service)
        && span.from() <= start + signals.settleSeconds()
        && span.to() - start <= WARM_UP_SECONDS;
  }
}
