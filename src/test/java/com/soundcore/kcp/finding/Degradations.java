package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.ServiceSignals.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.finding.BreakingPoint.Level;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.finding.shared.Degradation;
import com.soundcore.kcp.finding.shared.SharedCause;
import com.soundcore.kcp.finding.shared.SharedCauses;
import com.soundcore.kcp.finding.shared.Surroundings;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which services were slow or failed, and when. */
final class Degradations {
  private static final int WARM_UP_SECONDS = 10;
  private static final int ONE_SPELL_SECONDS = 2;
  // Three distances that are alike by chance are rare.
  private static final int AGAIN_AND_AGAIN = 4;
  private static final double REGULAR_WITHIN = 0.1;
  private static final int SHOWN = 6;
  private static final double MORE_LOAD = 1.3;

  private static final Set<String> CREEPING =
      Set.of(FindingKind.MEMORY_LEAK.key(), FindingKind.DRIFT.key());

  // Seen by errors: a service may have been slow long before, for another reason.
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
  private final Failures failures;
  private final Map<String, Steps.Step> steps;

  Degradations(
      ServiceSignals signals, Evidence evidence, Failures failures, Map<String, Steps.Step> steps) {
    this.signals = signals;
    this.evidence = evidence;
    this.failures = failures;
    this.steps = steps;
  }

  /** What their database, cache or machine did to them. */
  List<SharedCause> sharedCauses(Surroundings seen) {
    List<Degradation> degradations = all();
    Set<String> sound = new TreeSet<>(signals.facts().operations().keySet());
    degradations.forEach(degradation -> sound.remove(degradation.service()));
    return SharedCauses.of(degradations, sound, seen);
  }

  /** How a service fared. */
  String sentence(String service) {
    Optional<Span> failing =
        slow(service).isEmpty() && evidence.fails(service)
            ? evidence.failing(service)
            : Optional.empty();
    return service
        + ": "
        + failing
            .map(span -> evidence.failures(service, span))
            .orElseGet(() -> evidence.latency(service, slow(service).orElse(signals.whole())));
  }

  /** Of services that were there: one that is gone has no other cause. */
  private List<Degradation> all() {
    List<Degradation> degradations = new ArrayList<>();
    for (String service : signals.facts().operations().keySet()) {
      boolean degraded = warm(service).isPresent() || missed(service) || evidence.fails(service);
      Span span = when(service).orElse(signals.whole());
      if (degraded && !(failures.gone(service).isPresent() && failures.explains(service, span))) {
        degradations.add(new Degradation(service, span.from(), span.to(), signals.errors(service)));
      }
    }
    return degradations;
  }

  /** When a service was much slower than at its best. */
  Optional<Span> slow(String service) {
    return Optional.ofNullable(steps.get(service))
        .map(step -> new Span(step.from(), step.to() - 1))
        .or(() -> signals.slow(service));
  }

  /** When it was slow, unless that was its cold start. */
  Optional<Span> warm(String service) {
    return slow(service).filter(span -> !isColdStart(service, span));
  }

  /** With the time in which its services were slow or failed; what creeps has no beginning. */
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

  /** When it was slow, or else failed, with the calls that waited until the load was stopped. */
  Optional<Span> when(String service) {
    return slow(service)
        .or(() -> evidence.failing(service))
        .map(span -> evidence.waiting(service, span));
  }

  /** Each time that a service was much slower than at its best, for two seconds and more. */
  private List<Span> spells(String service) {
    double limit = signals.slowFrom(service);
    List<Span> spells = new ArrayList<>();
    for (Timeline.Second second : signals.seconds(service)) {
      if (second.p95Ms() > limit) {
        Span last = spells.isEmpty() ? null : spells.get(spells.size() - 1);
        boolean goesOn = last != null && second.second() - last.to() <= ONE_SPELL_SECONDS;
        int from = goesOn ? last.from() : second.second();
        if (goesOn) {
          spells.remove(last);
        }
        spells.add(new Span(from, second.second()));
      }
    }
    return spells.stream().filter(spell -> spell.to() > spell.from()).toList();
  }

  /** Slow again and again, always as long after the time before: something runs by the clock. */
  Optional<Finding> recurring(String service) {
    List<Span> spells = spells(service);
    if (spells.size() < AGAIN_AND_AGAIN) {
      return Optional.empty();
    }
    double[] apart =
        IntStream.range(1, spells.size())
            .mapToDouble(i -> spells.get(i).from() - spells.get(i - 1).from())
            .toArray();
    double every = Medians.of(apart);
    boolean regular =
        Arrays.stream(apart)
            .allMatch(gap -> Math.abs(gap - every) <= Math.max(2, every * REGULAR_WITHIN));
    double length = Medians.of(spells.stream().mapToDouble(s -> s.to() - s.from() + 1).toArray());
    if (!regular || length > every / 2 || comesWithTheLoad(spells)) {
      return Optional.empty();
    }
    String times =
        spells.stream()
            .limit(SHOWN)
            .map(spell -> ServiceSignals.clock(spell.from()))
            .collect(Collectors.joining(", "));
    return evidence.found(
        FindingKind.RECURRING_SLOWDOWN,
        service,
        null,
        List.of(
            text(
                "%d times, every %,.0f s and for about %,.0f s: at %s%s",
                spells.size(), every, length, times, spells.size() > SHOWN ? ", …" : ""),
            evidence.latency(service, slow(service).orElse(signals.whole()))));
  }

  /** Where more is sent each time than in between, as in a search or a spike, it is the load. */
  private boolean comesWithTheLoad(List<Span> spells) {
    return IntStream.range(1, spells.size())
        .anyMatch(
            i -> {
              int from = spells.get(i).from();
              double between = (spells.get(i - 1).to() + from) / 2.0;
              double then = signals.facts().load().rps(from);
              return then > signals.facts().load().rps(between) * MORE_LOAD;
            });
  }

  /** Fast at the lowest level and slow at a higher one. */
  Optional<Finding> underLoad(String service, Span slow, List<Level> levels) {
    if (levels.size() < 2) {
      return Optional.empty();
    }
    Level lowest = levels.get(0);
    Optional<Level> within =
        levels.stream()
            .filter(level -> level.plannedRps() > lowest.plannedRps() * 1.2)
            .filter(level -> level.startSecond() <= slow.to())
            .filter(level -> level.startSecond() >= slow.from() - 10)
            .findFirst();
    boolean lowWasFast = slow.from() > lowest.startSecond() + 1;
    if (within.isEmpty() || !lowWasFast) {
      return Optional.empty();
    }
    return evidence.found(
        FindingKind.SLOW_UNDER_LOAD,
        service,
        null,
        List.of(
            evidence.latency(service, slow),
            text(
                "it was fast at %,.0f req/s and slow at %,.0f req/s (all services together)",
                lowest.plannedRps(), within.get().plannedRps())));
  }

  /** Misses its target over the steady seconds. */
  boolean missed(String service) {
    Stats steady = signals.steady(service);
    return steady.requests() >= signals.options().levelSamples()
        && steady.percentile(Percentile.P95) >= signals.target(service).p95().toMillis();
  }

  /** Slow from the first second on, for a few of them: caches and compilers that warm up. */
  private boolean isColdStart(String service, Span span) {
    int start = signals.whole().from();
    return !steps.containsKey(service)
        && span.from() <= start + signals.settleSeconds()
        && span.to() - start <= WARM_UP_SECONDS;
  }
}
