package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.finding.Recovery.Outcome;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.statistics.Medians;
import com.soundcore.kcp.statistics.Proportion;
import com.soundcore.kcp.verdict.DownGate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * The recovery of each service from the highest level of the run. It is counted from the moment the
 * load has returned to a level that had held before: until then the load may explain slow
 * responses.
 */
final class Recoveries {
  private static final double MUCH_HIGHER = 1.5;
  private static final double MOST = 0.5;
  private static final double MORE_ERRORS = 0.01;
  private static final double HARDLY_MORE = 1.05;
  // Shares of bad seconds: above HURT the peak hurt the service; LEAST_BAD and MOST_BAD bound the
  // share by chance.
  private static final double HURT = 0.3;
  private static final double LEAST_BAD = 0.02;
  private static final double MOST_BAD = 0.3;
  private static final double BAD_WHILE_HURT = 0.85;
  private static final double SURELY = 0.99;
  private static final double SLOWER = 0.2;
  private static final double BY_CHANCE = 0.001;

  private final ServiceSignals signals;
  private final List<Level> levels;

  Recoveries(ServiceSignals signals, List<Level> levels) {
    this.signals = signals;
    this.levels = levels;
  }

  /**
   * Returns one recovery for each service; empty if the run has no peak between two lower levels.
   */
  List<Recovery> all() {
    List<Phase> phases = signals.facts().phases();
    Optional<Phase> peak =
        phases.stream().filter(Phase::hold).max(Comparator.comparingDouble(Phase::totalRps));
    Optional<Phase> before = peak.flatMap(this::heldBefore);
    if (before.isEmpty() || peak.get().totalRps() < before.get().totalRps() * MUCH_HIGHER) {
      return List.of();
    }
    int back =
        signals
            .facts()
            .load()
            .firstAtMost(before.get().totalRps() * HARDLY_MORE, peak.get().endSecond());
    if (back >= signals.facts().plannedSeconds() || loadedAgain(before.get(), back)) {
      return List.of();
    }
    List<Recovery> all = new ArrayList<>();
    for (String service : signals.facts().operations().keySet()) {
      of(service, before.get(), peak.get(), back).ifPresent(all::add);
    }
    return all;
  }

  /** Returns the highest level before the peak that held, or the first one if none did. */
  private Optional<Phase> heldBefore(Phase peak) {
    List<Phase> earlier =
        signals.facts().phases().stream()
            .filter(phase -> phase.hold() && phase.totalRps() > 0)
            .filter(phase -> phase.endSecond() <= peak.startSecond())
            .toList();
    return earlier.stream()
        .filter(
            phase ->
                levels.stream()
                    .anyMatch(level -> level.held() && level.startSecond() == phase.startSecond()))
        .max(Comparator.comparingDouble(Phase::totalRps))
        .or(() -> earlier.stream().findFirst());
  }

  private boolean loadedAgain(Phase before, int back) {
    return signals.facts().phases().stream()
        .anyMatch(
            phase ->
                phase.endSecond() > back
                    && phase.startSecond() >= back
                    && phase.totalRps() > before.totalRps() * HARDLY_MORE);
  }

  private Optional<Recovery> of(String service, Phase before, Phase peak, int back) {
    List<Timeline.Second> quiet = within(service, before.startSecond() + 1, before.endSecond());
    List<Timeline.Second> high = within(service, peak.startSecond(), peak.endSecond());
    List<Timeline.Second> after = within(service, back, signals.facts().plannedSeconds());
    int window = (int) signals.options().recovery().window().toSeconds();
    if (quiet.size() < window || high.size() < window || after.size() < window) {
      return Optional.empty();
    }
    double usual = medianP95(quiet);
    FindingOptions.Recovery options = signals.options().recovery();
    double limit = Math.max(usual * options.times(), usual + options.least().toMillis());
    double errors = errorRate(quiet) + MORE_ERRORS;
    double byChance = share(quiet, limit, errors);
    boolean hurt = share(high, limit, errors) > Math.max(HURT, 2 * byChance);
    Timeline timeline = signals.model().timelineOf(service);
    int fineFrom = upAgain(timeline, after, firstFine(after, limit, errors, byChance));
    List<Timeline.Second> rest = after.subList(fineFrom, after.size());
    boolean recovered = fineFrom <= after.size() - window && !failsMore(service, quiet, rest);
    Integer seconds =
        recovered ? Integer.valueOf(Math.max(0, after.get(fineFrom).second() - back)) : null;
    Outcome outcome = recovered ? Outcome.RECOVERED : Outcome.NOT_RECOVERED;
    Optional<DownGate.Outage> down =
        DownGate.longest(timeline, peak.startSecond(), peak.endSecond(), subjects());
    // Neither in the peak nor right after it: single bad seconds later on are chance.
    if (!hurt
        && down.isEmpty()
        && upAgain(timeline, after, 0) == 0
        && recovered
        && !isSlower(service, quiet, rest)
        && share(after.subList(0, fineFrom), limit, errors) < BAD_WHILE_HURT) {
      outcome = Outcome.UNAFFECTED;
      seconds = 0;
    }
    boolean collapsed = errorRate(high) > MOST || down.isPresent();
    String inThePeak =
        text(
            "p95 %,.0f ms before the peak, %,.0f ms in it, %,.0f ms after it, errors %.1f %%"
                + " before, %.1f %% in it, %.1f %% after it (%s)",
            signals.p95(service, quiet),
            signals.p95(service, high),
            signals.p95(service, rest.isEmpty() ? after : rest),
            errorRate(quiet) * 100,
            errorRate(high) * 100,
            errorRate(rest.isEmpty() ? after : rest) * 100,
            down.map(of -> text("it was down for %,d s of the peak", of.seconds()))
                .orElse(collapsed ? "it collapsed" : "it kept answering"));
    return Optional.of(
        new Recovery(
            service,
            outcome,
            peak.endSecond(),
            back,
            seconds,
            signals.p95(service, quiet),
            signals.p95(service, high),
            errorRate(high),
            collapsed,
            sentence(service, outcome, seconds, inThePeak, back)));
  }

  /**
   * Returns the index from which on the service is as usual and stays so. It is the most likely
   * change point in the sequence of good and bad seconds: before it bad seconds are the rule, after
   * it they are as rare as before the peak.
   */
  private static int firstFine(
      List<Timeline.Second> seconds, double limit, double errors, double byChance) {
    double usual = Math.min(MOST_BAD, Math.max(LEAST_BAD, byChance));
    double badGain = Math.log(BAD_WHILE_HURT / usual);
    double goodGain = Math.log((1 - BAD_WHILE_HURT) / (1 - usual));
    double sum = 0;
    double best = 0;
    int fineFrom = 0;
    for (int i = 0; i < seconds.size(); i++) {
      sum += isBad(seconds.get(i), limit, errors) ? badGain : goodGain;
      if (sum > best) {
        best = sum;
        fineFrom = i + 1;
      }
    }
    return fineFrom;
  }

  private int subjects() {
    return signals.facts().operations().size();
  }

  /** Skips later outages: a service that goes down again has not recovered before that ends. */
  private int upAgain(Timeline timeline, List<Timeline.Second> after, int fineFrom) {
    int index = fineFrom;
    while (index < after.size()) {
      Optional<DownGate.Outage> down =
          DownGate.longest(
              timeline,
              after.get(index).second(),
              after.get(after.size() - 1).second() + 1,
              subjects());
      if (down.isEmpty()) {
        return index;
      }
      while (index < after.size() && after.get(index).second() < down.get().to()) {
        index++;
      }
    }
    return index;
  }

  /**
   * Returns whether the service keeps failing more than before the peak and more than its target
   * allows: beyond doubt in the first half of the time after the peak, and also in the second.
   */
  private boolean failsMore(
      String service, List<Timeline.Second> quiet, List<Timeline.Second> rest) {
    double allowed = Math.max(errorRate(quiet), signals.target(service).errorRate());
    int half = rest.size() / 2;
    return surelyAbove(allowed, rest.subList(0, half))
        && surelyAbove(allowed, rest.subList(half, rest.size()));
  }

  private static boolean surelyAbove(double rate, List<Timeline.Second> seconds) {
    long failed = seconds.stream().mapToLong(Timeline.Second::failed).sum();
    long started = seconds.stream().mapToLong(Timeline.Second::started).sum();
    return new Proportion(failed, started).lower(SURELY) > rate;
  }

  /**
   * Returns whether the service stays slower than before, though within the limit of a recovery.
   */
  private boolean isSlower(
      String service, List<Timeline.Second> quiet, List<Timeline.Second> rest) {
    double before = signals.p95(service, quiet);
    double rise = signals.p95(service, rest) - before;
    return rise >= before * SLOWER
        && rise >= signals.options().change().least().toMillis()
        && MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(p95s(rest), p95s(quiet))
                .getPValue()
            < BY_CHANCE;
  }

  private static double[] p95s(List<Timeline.Second> seconds) {
    return seconds.stream().mapToDouble(Timeline.Second::p95Ms).toArray();
  }

  private static boolean isBad(Timeline.Second second, double limit, double errors) {
    return second.p95Ms() > limit || (double) second.failed() / second.started() > errors;
  }

  private static double share(List<Timeline.Second> seconds, double limit, double errors) {
    return seconds.stream().filter(s -> isBad(s, limit, errors)).count()
        / (double) Math.max(1, seconds.size());
  }

  private List<Timeline.Second> within(String service, int from, int to) {
    return signals.seconds(service).stream()
        .filter(second -> second.second() >= from && second.second() < to)
        .toList();
  }

  private static double medianP95(List<Timeline.Second> seconds) {
    return Medians.of(p95s(seconds));
  }

  private static double errorRate(List<Timeline.Second> seconds) {
    double started = seconds.stream().mapToLong(Timeline.Second::started).sum();
    return started == 0 ? 0 : seconds.stream().mapToLong(Timeline.Second::failed).sum() / started;
  }

  private static String sentence(
      String service, Outcome outcome, Integer seconds, String inThePeak, int back) {
    return switch (outcome) {
      case UNAFFECTED -> text("%s was not affected by the peak: %s", service, inThePeak);
      case RECOVERED ->
          text(
              "%s recovered %d s after the load was back at %s: %s",
              service, seconds, clock(back), inThePeak);
      case NOT_RECOVERED ->
          text(
              "%s did not recover after the load was back at %s: %s",
              service, clock(back), inThePeak);
    };
  }
}
