package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.Symptoms.clock;
import static com.soundcore.kcp.finding.Symptoms.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.finding.Recovery.Outcome;
import com.soundcore.kcp.result.RunFacts.Phase;
import com.soundcore.kcp.result.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How each service came back from the highest level of the run. */
final class Recoveries {
  private static final double MUCH_HIGHER = 1.5;
  private static final double MOST = 0.5;
  private static final double MORE_ERRORS = 0.01;
  private static final double HARDLY_MORE = 1.1;

  private final Symptoms symptoms;

  Recoveries(Symptoms symptoms) {
    this.symptoms = symptoms;
  }

  /** Nothing where the run has no peak between two lower levels. */
  List<Recovery> all() {
    List<Phase> phases = symptoms.facts().phases();
    Optional<Phase> before = phases.stream().filter(Phase::hold).findFirst();
    Optional<Phase> peak =
        phases.stream().filter(Phase::hold).max(Comparator.comparingDouble(Phase::totalRps));
    if (peak.isEmpty()
        || peak.get().totalRps() < before.get().totalRps() * MUCH_HIGHER
        || peak.get().endSecond() >= symptoms.facts().plannedSeconds()
        || loadedAgain(phases, before.get(), peak.get())) {
      return List.of();
    }
    List<Recovery> all = new ArrayList<>();
    for (String service : symptoms.facts().operations().keySet()) {
      of(service, before.get(), peak.get()).ifPresent(all::add);
    }
    return all;
  }

  /** After the peak the load must be low, or what is slow may well be the load. */
  private static boolean loadedAgain(List<Phase> phases, Phase before, Phase peak) {
    return phases.stream()
        .filter(phase -> phase.hold() && phase.startSecond() >= peak.endSecond())
        .anyMatch(phase -> phase.totalRps() > before.totalRps() * HARDLY_MORE);
  }

  private Optional<Recovery> of(String service, Phase before, Phase peak) {
    List<Timeline.Second> quiet = within(service, before.startSecond() + 1, before.endSecond());
    List<Timeline.Second> high = within(service, peak.startSecond(), peak.endSecond());
    List<Timeline.Second> after =
        within(service, peak.endSecond(), symptoms.facts().plannedSeconds());
    int window = (int) symptoms.options().recovery().window().toSeconds();
    if (quiet.size() < window || high.size() < window || after.size() < window) {
      return Optional.empty();
    }
    double usual = medianP95(quiet);
    FindingOptions.Recovery options = symptoms.options().recovery();
    double limit = Math.max(usual * options.times(), usual + options.least().toMillis());
    double errors = errorRate(quiet) + MORE_ERRORS;
    Integer fineFrom = back(high, limit, errors, window);
    boolean hurt = fineFrom == null || fineFrom != high.get(0).second();
    Integer backAt = back(after, limit, errors, window);
    boolean recovered = backAt != null;
    Integer seconds = recovered ? Math.max(0, backAt - peak.endSecond()) : null;
    Outcome outcome = recovered ? Outcome.RECOVERED : Outcome.NOT_RECOVERED;
    if (!hurt && recovered && seconds == 0) {
      outcome = Outcome.UNAFFECTED;
    }
    boolean collapsed = errorRate(high) > MOST;
    return Optional.of(
        new Recovery(
            service,
            outcome,
            peak.endSecond(),
            seconds,
            usual,
            medianP95(high),
            errorRate(high),
            collapsed,
            sentence(service, outcome, seconds, usual, high, collapsed, peak)));
  }

  /**
   * From which second on it is as usual, and stays so: a second counts as bad with two thirds of
   * the window around it. Null where it is still bad at the end.
   */
  private static Integer back(
      List<Timeline.Second> seconds, double limit, double errors, int window) {
    int lastBad = -1;
    for (int i = window - 1; i < seconds.size(); i++) {
      long bad =
          seconds.subList(i - window + 1, i + 1).stream()
              .filter(s -> s.p95Ms() > limit || (double) s.failed() / s.started() > errors)
              .count();
      if (bad * 3 >= window * 2L) {
        lastBad = i;
      }
    }
    if (lastBad < 0) {
      return seconds.get(0).second();
    }
    // The window's last bad second, and not the quiet one behind it.
    while (lastBad > 0 && isGood(seconds.get(lastBad), limit, errors)) {
      lastBad--;
    }
    return lastBad == seconds.size() - 1
        ? null
        : Integer.valueOf(seconds.get(lastBad).second() + 1);
  }

  private static boolean isGood(Timeline.Second second, double limit, double errors) {
    return second.p95Ms() <= limit && (double) second.failed() / second.started() <= errors;
  }

  private List<Timeline.Second> within(String service, int from, int to) {
    return symptoms.seconds(service).stream()
        .filter(second -> second.second() >= from && second.second() < to)
        .toList();
  }

  private static double medianP95(List<Timeline.Second> seconds) {
    return TheilSen.median(seconds.stream().mapToDouble(Timeline.Second::p95Ms).toArray());
  }

  private static double errorRate(List<Timeline.Second> seconds) {
    double started = seconds.stream().mapToLong(Timeline.Second::started).sum();
    return started == 0 ? 0 : seconds.stream().mapToLong(Timeline.Second::failed).sum() / started;
  }

  private static String sentence(
      String service,
      Outcome outcome,
      Integer seconds,
      double usual,
      List<Timeline.Second> high,
      boolean collapsed,
      Phase peak) {
    String inThePeak =
        text(
            "p95 %,.0f ms before the peak, %,.0f ms in it, errors in it %.1f %% (%s)",
            usual,
            medianP95(high),
            errorRate(high) * 100,
            collapsed ? "it collapsed" : "it kept answering");
    return switch (outcome) {
      case UNAFFECTED -> text("%s was not affected by the peak: %s", service, inThePeak);
      case RECOVERED ->
          text(
              "%s was back %d s after the peak ended at %s: %s",
              service, seconds, clock(peak.endSecond()), inThePeak);
      case NOT_RECOVERED ->
          text(
              "%s did not recover from the peak that ended at %s: %s",
              service, clock(peak.endSecond()), inThePeak);
    };
  }
}
