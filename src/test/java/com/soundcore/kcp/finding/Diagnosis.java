package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.finding.shared.SharedCause;
import com.soundcore.kcp.finding.shared.Surroundings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The likely bottlenecks of each service that got slow, failed or drifted, the likeliest first.
 * Saturated resources come first, then failures, then findings that only describe the slowdown. A
 * slow service without any known cause is still reported.
 */
final class Diagnosis {
  private static final Set<FindingKind> OF_CONNECTIONS =
      EnumSet.of(FindingKind.DATABASE_CONNECTIONS, FindingKind.CONNECTION_POOL);
  private final ServiceSignals signals;
  private final FindingOptions options;
  private final List<Level> levels;
  private final List<Recovery> recoveries;
  private final List<Drift> drifts;
  private final Processes processes;
  private final SlowdownDetector changes;
  private final Map<String, Steps.Step> steps;
  private final Surroundings seen;
  private final Evidence evidence;
  private final Outages outages;
  private final Failures failures;
  private final Bottlenecks bottlenecks;
  private final Degradations degradations;
  private final SlowdownPatterns patterns;
  private final OutsideTime outside;
  private final MetricsPages pages;

  Diagnosis(
      ServiceSignals signals,
      List<Level> levels,
      List<Recovery> recoveries,
      List<Drift> drifts,
      Processes processes,
      Map<String, Steps.Step> steps,
      SlowdownDetector changes,
      Surroundings seen) {
    this.signals = signals;
    this.options = signals.options();
    this.levels = levels;
    this.recoveries = recoveries;
    this.drifts = drifts;
    this.processes = processes;
    this.changes = changes;
    this.steps = steps;
    this.seen = seen;
    this.evidence = new Evidence(signals);
    this.outages = new Outages(signals, evidence, processes);
    this.failures = new Failures(signals, evidence);
    this.bottlenecks = new Bottlenecks(signals, evidence);
    this.outside = new OutsideTime(signals, evidence);
    this.degradations = new Degradations(signals, evidence, outages, outside, steps);
    this.patterns = new SlowdownPatterns(signals, evidence);
    this.pages = new MetricsPages(signals, evidence);
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    Map<String, FindingKind> explained = new HashMap<>();
    for (SharedCause cause : degradations.sharedCauses(seen)) {
      List<String> sentences = new ArrayList<>(cause.evidence());
      cause.services().forEach(service -> sentences.add(degradations.sentence(service)));
      evidence
          .found(cause.kind(), cause.subject(), null, sentences)
          .map(found -> degradations.timed(found, cause.services()))
          .ifPresent(findings::add);
      cause.services().forEach(service -> explained.put(service, cause.kind()));
    }
    for (String service : signals.facts().operations().keySet()) {
      causes(service, Optional.ofNullable(explained.get(service))).stream()
          .map(found -> degradations.timed(found, List.of(service)))
          .forEach(findings::add);
      pages.of(service).ifPresent(findings::add);
      if (!explained.containsKey(service)) {
        slowRecovery(service).ifPresent(findings::add);
      }
    }
    return findings;
  }

  /**
   * @param explained the shared cause that already explains this service; if present, only causes
   *     that are surely the service's own are added
   */
  private List<Finding> causes(String service, Optional<FindingKind> explained) {
    Optional<Steps.Step> step = Optional.ofNullable(steps.get(service));
    Optional<Span> slow = degradations.warm(service);
    boolean missed = degradations.missed(service);
    List<Finding> found = new ArrayList<>();
    outages.gone(service).ifPresent(found::add);
    boolean late = slow.isPresent() || missed;
    Span suffered = degradations.when(service).orElse(signals.whole());
    boolean open = found.isEmpty() || !outages.explains(service, suffered);
    if (open && explained.isEmpty() && (late || evidence.fails(service))) {
      bottlenecks.pool(service, suffered).ifPresent(found::add);
    }
    // Errors as fast as correct responses do not suggest a saturated resource.
    if (open && (late || failures.suggestShortage(service))) {
      // If all calls time out, none is slow: use the seconds that failed.
      Span span = slow.orElse(suffered);
      // A leak drives the collector's work, and the collector drives the CPU: report the first.
      Optional.<Finding>empty()
          .or(() -> explained.isEmpty() ? bottlenecks.late(service, span) : Optional.empty())
          .or(() -> bottlenecks.throttled(service, span))
          .or(() -> leak(service))
          .or(() -> leaks(service) ? Optional.empty() : bottlenecks.garbage(service, span))
          .or(() -> bottlenecks.cpu(service, span))
          .or(() -> bottlenecks.thread(service, span))
          .ifPresent(found::add);
      bottlenecks.bandwidth(service, span).ifPresent(found::add);
    }
    Optional<Finding> leak = leak(service).filter(one -> !found.contains(one));
    if (explained.isPresent()) {
      leak.ifPresent(found::add);
      // Without a connection a call fails: that is the same cause, not a second one.
      explained
          .filter(kind -> !OF_CONNECTIONS.contains(kind))
          .flatMap(kind -> failures.wrongAnswers(service))
          .ifPresent(found::add);
      refusals(service, found);
      return found;
    }
    if (found.isEmpty()) {
      failures.errors(service).or(() -> failures.closed(service)).ifPresent(found::add);
    }
    if (open) {
      refusals(service, found);
    }
    leak.ifPresent(found::add);
    if (found.isEmpty() && !pages.blocks(service)) {
      description(service, slow, step, missed).ifPresent(found::add);
    }
    return found;
  }

  /** Refused calls are reported in addition to any other cause. */
  private void refusals(String service, List<Finding> found) {
    failures
        .refusals(service)
        .filter(one -> found.stream().noneMatch(other -> other.kind().equals(one.kind())))
        .ifPresent(found::add);
  }

  /** Describes the slowdown if no cause was found. */
  private Optional<Finding> description(
      String service, Optional<Span> slow, Optional<Steps.Step> step, boolean missed) {
    boolean noDatabase = seen.database().isEmpty();
    Optional<Finding> found = Optional.empty();
    Optional<Span> late =
        slow.or(() -> step.map(one -> new Span(one.from(), Math.max(one.from(), one.to() - 1))));
    found = late.flatMap(span -> outside.of(service, span));
    if (slow.isPresent() || missed) {
      found = found.or(() -> slowOperation(service));
      found = found.or(() -> patterns.recurring(service, slow));
      found = found.or(() -> slow.flatMap(s -> patterns.underLoad(service, s, levels)));
    }
    found =
        found.or(
            () ->
                step.flatMap(
                    s ->
                        evidence.found(
                            FindingKind.SUDDEN_SLOWDOWN, service, null, List.of(s.sentence()))));
    found = found.or(() -> drift(service));
    return missed
        ? found
            .or(() -> bottlenecks.host(service, slow.orElse(signals.whole())))
            .or(() -> evidence.unknown(service, slow, noDatabase))
        : found;
  }

  /** If several services share a process, the first one reports the leak. */
  private boolean leaks(String service) {
    return processes.with(service).stream().anyMatch(one -> leak(one).isPresent());
  }

  private Optional<Finding> leak(String service) {
    return drifts.stream()
        .filter(drift -> drift.service().equals(service) && drift.matters())
        .filter(
            drift ->
                drift.figure().equals(Drifts.OLD_GENERATION)
                    || drift.figure().equals(Drifts.MEMORY))
        .findFirst()
        .flatMap(
            drift -> {
              double calls =
                  processes.with(service).stream()
                      .mapToDouble(one -> signals.steady(one).requests())
                      .sum();
              double seconds = Math.max(1, signals.model().steadySeconds().size());
              double perThousand = drift.perMinute() / 60 / (calls / seconds) * 1000;
              return evidence.found(
                  FindingKind.MEMORY_LEAK,
                  service,
                  null,
                  List.of(
                      drift.sentence(),
                      text("that is %s MiB per 1,000 calls", Units.digits(perThousand, 2))));
            });
  }

  private Optional<Finding> slowOperation(String service) {
    return changes
        .alone(service)
        .flatMap(
            change ->
                evidence.found(
                    FindingKind.SLOW_OPERATION,
                    service,
                    change.operation(),
                    List.of(change.sentence())));
  }

  private Optional<Finding> drift(String service) {
    List<String> sentences =
        drifts.stream()
            .filter(drift -> drift.service().equals(service) && drift.matters())
            .map(Drift::sentence)
            .toList();
    return sentences.isEmpty()
        ? Optional.empty()
        : evidence.found(FindingKind.DRIFT, service, null, sentences);
  }

  private Optional<Finding> slowRecovery(String service) {
    return recoveries.stream()
        .filter(recovery -> recovery.service().equals(service))
        .filter(
            recovery ->
                recovery.outcome() == Recovery.Outcome.NOT_RECOVERED
                    || recovery.outcome() == Recovery.Outcome.RECOVERED
                        && recovery.seconds() > options.recovery().notable().toSeconds())
        .findFirst()
        .flatMap(
            recovery ->
                evidence.found(
                    FindingKind.SLOW_RECOVERY, service, null, List.of(recovery.sentence())));
  }
}
