package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.Symptoms.text;

import com.soundcore.kcp.config.Target;
import com.soundcore.kcp.finding.BreakingPoint.Level;
import com.soundcore.kcp.finding.BreakingPoint.Outcome;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunFacts.Phase;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.result.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The holds of a run as levels of load: which held, which did not, and what gave in first. */
final class Levels {
  // Calls under way when a hold begins and ends: so few more are no queue that grows.
  private static final long FEW = 10;

  /** A service that gave in, and how badly: 1 is just at its limit. */
  private record Breach(String service, String operation, double badness, String why) {}

  private final Symptoms symptoms;

  Levels(Symptoms symptoms) {
    this.symptoms = symptoms;
  }

  /** The judged levels in order of time. */
  List<Level> all() {
    List<Level> levels = new ArrayList<>();
    List<Phase> phases = symptoms.facts().phases();
    for (int i = 0; i < phases.size(); i++) {
      Map<String, Stats> hold = symptoms.model().holds().get(i);
      if (phases.get(i).hold() && phases.get(i).totalRps() > 0 && isJudged(hold)) {
        levels.add(level(phases.get(i), hold));
      }
    }
    return levels;
  }

  /** A level at which nothing was asked often enough has neither held nor given way. */
  private boolean isJudged(Map<String, Stats> hold) {
    return hold.values().stream()
        .anyMatch(stats -> stats.requests() >= symptoms.options().levelSamples());
  }

  private Level level(Phase phase, Map<String, Stats> hold) {
    Optional<Breach> worst =
        symptoms.facts().operations().keySet().stream()
            .map(service -> breach(phase, hold, service))
            .flatMap(Optional::stream)
            .max(Comparator.comparingDouble(Breach::badness));
    return new Level(
        phase.name(),
        phase.startSecond(),
        phase.users(),
        Math.round(phase.totalRps() * 10) / 10.0,
        Math.round(ended(symptoms.model().timeline(), phase) * 10.0 / seconds(phase)) / 10.0,
        worst.isEmpty(),
        worst.map(Breach::service).orElse(null),
        worst.map(Breach::operation).orElse(null),
        worst.map(Breach::why).orElse(""));
  }

  private Optional<Breach> breach(Phase phase, Map<String, Stats> hold, String service) {
    Stats stats = hold.get(service);
    if (stats == null) {
      return Optional.empty();
    }
    Target target = symptoms.target(service);
    long p95 = stats.percentile(Percentile.P95);
    boolean enough = stats.requests() >= symptoms.options().levelSamples();
    List<Breach> breaches = new ArrayList<>();
    if (enough && p95 >= target.p95().toMillis()) {
      String why = text("%s p95 %,d ms (target %,d ms)", service, p95, target.p95().toMillis());
      breaches.add(
          new Breach(service, slowest(hold, service), (double) p95 / target.p95().toMillis(), why));
    }
    if (enough && stats.failed() > 0 && stats.errorRate() >= Math.max(target.errorRate(), 0.001)) {
      String why =
          text(
              "%s errors %.2f %% (target %.2f %%)",
              service, stats.errorRate() * 100, target.errorRate() * 100);
      breaches.add(
          new Breach(service, mostFailing(hold, service), 1 + stats.errorRate() * 100, why));
    }
    Timeline timeline = symptoms.model().timelines().get(service);
    long left = started(timeline, phase) - ended(timeline, phase);
    if (left > FEW && left > symptoms.options().backlog() * started(timeline, phase)) {
      String why =
          text(
              "%s answered %,d of %,d calls of the hold: its queue grows",
              service, ended(timeline, phase), started(timeline, phase));
      double badness = left / (symptoms.options().backlog() * started(timeline, phase));
      breaches.add(new Breach(service, slowest(hold, service), badness, why));
    }
    return breaches.stream().max(Comparator.comparingDouble(Breach::badness));
  }

  private static int seconds(Phase phase) {
    return phase.endSecond() - phase.startSecond();
  }

  private static long started(Timeline timeline, Phase phase) {
    long calls = 0;
    for (int second = phase.startSecond(); second < phase.endSecond(); second++) {
      calls += timeline.started(second);
    }
    return calls;
  }

  private static long ended(Timeline timeline, Phase phase) {
    long calls = 0;
    for (int second = phase.startSecond(); second < phase.endSecond(); second++) {
      calls += timeline.ended(second);
    }
    return calls;
  }

  private static String slowest(Map<String, Stats> hold, String service) {
    return operation(hold, service, Comparator.comparingLong(s -> s.percentile(Percentile.P95)));
  }

  private static String mostFailing(Map<String, Stats> hold, String service) {
    return operation(hold, service, Comparator.comparingLong(Stats::failed));
  }

  private static String operation(Map<String, Stats> hold, String service, Comparator<Stats> most) {
    return hold.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(service + " / "))
        .max(Map.Entry.comparingByValue(most))
        .map(entry -> entry.getKey().substring(service.length() + 3))
        .orElse(null);
  }

  /**
   * Where the system gives way; nothing for a run of one level.
   *
   * @param saturated whether the generator was
   */
  Optional<BreakingPoint> breakingPoint(boolean saturated) {
    List<Level> levels = all();
    if (levels.stream().mapToDouble(Level::plannedRps).distinct().count() < 2) {
      return Optional.empty();
    }
    Optional<Level> broken = levels.stream().filter(level -> !level.held()).min(byLoad());
    Optional<Level> held =
        levels.stream()
            .filter(Level::held)
            .filter(l -> broken.isEmpty() || l.plannedRps() < broken.get().plannedRps())
            .max(byLoad());
    if (saturated) {
      return answer(Outcome.GENERATOR, held, broken, "the generator was the limit");
    }
    if (broken.isEmpty()) {
      return answer(Outcome.NOT_FOUND, held, broken, "not found up to " + load(held.orElseThrow()));
    }
    String gaveIn =
        text("%s gave in first: %s", broken.get().service(), broken.get().why())
            + (broken.get().operation() == null
                ? ""
                : "; worst operation " + broken.get().operation());
    if (held.isEmpty()) {
      return answer(
          Outcome.BELOW_FIRST,
          held,
          broken,
          "below " + load(broken.get()) + ", the lowest level; " + gaveIn);
    }
    double low = held.get().plannedRps();
    double high = broken.get().plannedRps();
    return answer(
        Outcome.FOUND,
        held,
        broken,
        text(
            "between %s (held) and %s, that is %,.0f req/s ± %.1f %%; %s",
            load(held.get()),
            load(broken.get()),
            (low + high) / 2,
            (high - low) / (high + low) * 100,
            gaveIn));
  }

  private static Comparator<Level> byLoad() {
    return Comparator.comparingDouble(Level::plannedRps);
  }

  private static Optional<BreakingPoint> answer(
      Outcome outcome, Optional<Level> held, Optional<Level> broken, String sentence) {
    return Optional.of(
        new BreakingPoint(outcome, held.orElse(null), broken.orElse(null), sentence));
  }

  private static String load(Level level) {
    String users = level.users() > 0 ? text("%,d users, ", level.users()) : "";
    return text("%s%,.0f req/s", users, level.plannedRps());
  }
}
