package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Patterns in the times at which a service was slow: they follow the load, or the clock. */
final class SlowdownPatterns {
  private static final int ONE_SPELL_SECONDS = 2;
  // Three equal distances are rare by chance.
  private static final int AGAIN_AND_AGAIN = 4;
  // Spells of two or three seconds are more often regular by chance.
  private static final int SHORT_AND_AGAIN = 5;
  private static final double REGULAR_WITHIN = 0.05;
  private static final int SHOWN = 6;
  private static final int FEW = 5;
  private static final double MORE_LOAD = 1.2;
  private static final double OFTEN = 0.2;
  private static final double MORE_OFTEN = 3;
  private static final double FAR_MORE = 0.5;

  private final ServiceSignals signals;
  private final Evidence evidence;

  SlowdownPatterns(ServiceSignals signals, Evidence evidence) {
    this.signals = signals;
    this.evidence = evidence;
  }

  /** Returns each time that a service was much slower than at its best, for two seconds or more. */
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

  /** Finds slowdowns at fixed intervals, independent of the load. */
  Optional<Finding> recurring(String service, Optional<Span> slow) {
    List<Span> spells = spells(service);
    if (spells.size() < (slow.isPresent() ? AGAIN_AND_AGAIN : SHORT_AND_AGAIN)) {
      return Optional.empty();
    }
    double[] apart =
        IntStream.range(1, spells.size())
            .mapToDouble(i -> spells.get(i).from() - spells.get(i - 1).from())
            .toArray();
    double every = Medians.of(apart);
    double within = Math.max(1, Math.min(every / 5, Math.max(2, every * REGULAR_WITHIN)));
    long irregular = Arrays.stream(apart).filter(gap -> Math.abs(gap - every) > within).count();
    double length = Medians.of(spells.stream().mapToDouble(s -> s.to() - s.from() + 1).toArray());
    // One additional bad moment makes two gaps too short.
    boolean regular = irregular <= apart.length / FEW;
    if (!regular || length > every / 2 || comesWithTheLoad(spells)) {
      return Optional.empty();
    }
    String times =
        spells.stream()
            .limit(SHOWN)
            .map(spell -> clock(spell.from()))
            .collect(Collectors.joining(", "));
    return evidence.found(
        FindingKind.RECURRING_SLOWDOWN,
        service,
        null,
        List.of(
            text(
                "%d times, %s %,.0f s and for about %,.0f s: at %s%s",
                spells.size(),
                irregular == 0 ? "every" : "mostly every",
                every,
                length,
                times,
                spells.size() > SHOWN ? ", …" : ""),
            text(
                "in a typical second of these its p95 was %,.0f ms, at its best %,.0f ms",
                typical(service, spells), signals.best(service))));
  }

  private double typical(String service, List<Span> spells) {
    return Medians.of(
        signals.seconds(service).stream()
            .filter(
                second ->
                    spells.stream()
                        .anyMatch(s -> second.second() >= s.from() && second.second() <= s.to()))
            .mapToDouble(Timeline.Second::p95Ms)
            .toArray());
  }

  /**
   * Returns whether the load rises with each spell, as in a search or a spike: then the load is the
   * cause.
   */
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

  /** Finds a service that is fast at the lowest level and slow at a higher one. */
  Optional<Finding> underLoad(String service, Span slow, List<Level> levels) {
    if (levels.size() < 2) {
      return Optional.empty();
    }
    Level lowest = levels.get(0);
    Optional<Level> within =
        levels.stream()
            .filter(level -> level.plannedRps() > lowest.plannedRps() * MORE_LOAD)
            .filter(level -> level.startSecond() <= slow.to())
            .filter(level -> level.startSecond() >= slow.from() - 10)
            .findFirst();
    if (within.isEmpty() || slow.from() <= lowest.startSecond() + 1) {
      return Optional.empty();
    }
    double low = lowest.plannedRps();
    double high = within.get().plannedRps();
    int from = within.get().startSecond();
    int warm = signals.whole().from() + Degradations.WARM_UP_SECONDS;
    LoadProfile load = signals.facts().load();
    OptionalDouble seen =
        slowShare(service, s -> s >= warm && s < from && load.rps(s) <= low * MORE_LOAD);
    double before = seen.orElse(0);
    double after = slowShare(service, s -> s >= from && load.rps(s) > low * MORE_LOAD).orElse(0);
    // A service that was slow once, or now and then at any load, is not slow because of the load.
    boolean moreOften = after >= before * MORE_OFTEN || after - before >= FAR_MORE;
    if (after < OFTEN || !moreOften) {
      return Optional.empty();
    }
    return evidence.found(
        FindingKind.SLOW_UNDER_LOAD,
        service,
        null,
        List.of(
            evidence.latency(service, slow),
            compared(seen, low, after, high) + " (all services together)"));
  }

  private static String compared(OptionalDouble before, double low, double after, double high) {
    if (before.isEmpty()) {
      return text(
          "it was slow from %,.0f req/s on; the time at %,.0f req/s was too short to compare",
          high, low);
    }
    if (before.getAsDouble() == 0) {
      return text("it was fast at %,.0f req/s and slow at %,.0f req/s", low, high);
    }
    return text(
        "it was slow in %.0f %% of the seconds at %,.0f req/s and in %.0f %% from %,.0f req/s on",
        before.getAsDouble() * 100, low, after * 100, high);
  }

  /** Returns the share of slow seconds among these; empty if no second matches. */
  private OptionalDouble slowShare(String service, IntPredicate when) {
    double limit = signals.slowFrom(service);
    return signals.seconds(service).stream()
        .filter(second -> when.test(second.second()))
        .mapToInt(second -> second.p95Ms() > limit ? 1 : 0)
        .average();
  }
}
