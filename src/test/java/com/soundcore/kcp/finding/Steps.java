package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.statistics.Medians;
import com.soundcore.kcp.statistics.StepTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sudden changes of latency at equal load. A slope does not show them: the median slope of a step
 * is 0. The search finds the stretch of a hold whose mean differs most from the rest (circular
 * binary segmentation, A. B. Olshen and others, 2004). It uses logarithms, so that a spike does not
 * dominate. {@link StepTest} decides whether chance alone makes such a stretch.
 */
final class Steps {
  /**
   * A stretch in which a service was slower than in the rest of the hold.
   *
   * @param from its first second
   * @param to the second after its last one
   * @param holdEnd the second after the hold
   */
  record Step(String service, int from, int to, int holdEnd, double beforeMs, double withinMs) {
    /** Returns whether the step lasts until the end of its hold. */
    boolean stays() {
      return to >= holdEnd - AT_THE_END;
    }

    String sentence() {
      return text(
          "%s: p95 rose from %,.0f to %,.0f ms at %s, at equal load, and stayed so until %s",
          service, beforeMs, withinMs, clock(from), clock(to));
    }
  }

  private static final int AT_THE_END = 3;

  private static final int SHORTEST = 5;
  private static final int LONG_ENOUGH = 20;
  private static final double FEWEST_CALLS = 100;
  // More points than this are merged, because the search takes time in the square of their number.
  private static final int MOST = 1200;

  private final ServiceSignals signals;
  private final FindingOptions.Rise rise;

  Steps(ServiceSignals signals) {
    this.signals = signals;
    this.rise = signals.options().degraded();
  }

  /** Returns the largest step in any hold; empty if no hold has a step. */
  Optional<Step> of(String service) {
    Step largest = null;
    for (Phase hold : signals.facts().phases()) {
      if (hold.hold() && hold.totalRps() > 0) {
        Optional<Step> step = of(service, hold);
        if (step.isPresent()
            && (largest == null
                || step.get().withinMs() / step.get().beforeMs()
                    > largest.withinMs() / largest.beforeMs())) {
          largest = step.get();
        }
      }
    }
    return Optional.ofNullable(largest);
  }

  private Optional<Step> of(String service, Phase hold) {
    List<Timeline.Second> seconds = usable(signals.seconds(service), service, hold);
    int length = Math.max(1, (seconds.size() + MOST - 1) / MOST);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i + length <= seconds.size(); i += length) {
      double[] values =
          seconds.subList(i, i + length).stream().mapToDouble(Timeline.Second::p95Ms).toArray();
      points.add(new double[] {seconds.get(i).second(), Medians.of(values)});
    }
    int shortest = Math.max(3, shortest(seconds) / length);
    if (points.size() < 2 * shortest) {
      return Optional.empty();
    }
    return largest(service, points, shortest, length, hold);
  }

  /** Returns the minimum length of a stretch, such that it has enough calls. */
  private static int shortest(List<Timeline.Second> seconds) {
    double usual = Medians.of(seconds.stream().mapToDouble(Timeline.Second::started).toArray());
    return (int) Math.max(SHORTEST, Math.min(LONG_ENOUGH, Math.ceil(FEWEST_CALLS / usual)));
  }

  private List<Timeline.Second> usable(List<Timeline.Second> all, String service, Phase hold) {
    double best = signals.best(service);
    return all.stream()
        .filter(s -> s.second() >= SteadyState.from(hold, signals.settleSeconds()))
        .filter(s -> s.second() < hold.endSecond())
        // Fast refusals would make normal responses look slow.
        .filter(s -> ServiceSignals.isMostlyRight(s) || s.p95Ms() > best)
        .toList();
  }

  private Optional<Step> largest(
      String service, List<double[]> points, int shortest, int length, Phase hold) {
    int n = points.size();
    double[] sums = new double[n + 1];
    for (int i = 0; i < n; i++) {
      sums[i + 1] = sums[i] + Math.log(1 + points.get(i)[1]);
    }
    double best = 0;
    int from = -1;
    int to = -1;
    for (int a = 0; a < n; a++) {
      for (int b = a + shortest; b <= n && b - a <= n - shortest; b++) {
        double inside = (sums[b] - sums[a]) / (b - a);
        double outside = (sums[n] - sums[b] + sums[a]) / (n - b + a);
        double score = (inside - outside) * Math.sqrt((double) (b - a) * (n - b + a) / n);
        if (score > best) {
          best = score;
          from = a;
          to = b;
        }
      }
    }
    if (from < 0) {
      return Optional.empty();
    }
    double[] values = points.stream().mapToDouble(point -> point[1]).toArray();
    double within = Medians.of(Arrays.copyOfRange(values, from, to));
    double[] rest = new double[n - to + from];
    System.arraycopy(values, 0, rest, 0, from);
    System.arraycopy(values, to, rest, from, n - to);
    double before = Medians.of(rest);
    boolean matters =
        within >= rise.times() * Math.max(1, before)
            && within - before >= rise.least().toMillis()
            && mostly(values, from, to, (within + before) / 2);
    if (!matters) {
      return Optional.empty();
    }
    int first = (int) points.get(from)[0];
    int last = (int) points.get(to - 1)[0] + length;
    if (isByChance(service, hold, first, last)) {
      return Optional.empty();
    }
    return Optional.of(new Step(service, first, last, hold.endSecond(), before, within));
  }

  /** Tests the raw seconds: smoothed ones resemble their neighbours by construction. */
  private boolean isByChance(String service, Phase hold, int first, int last) {
    List<Timeline.Second> seconds = usable(signals.raw(service), service, hold);
    double[] logs = seconds.stream().mapToDouble(second -> Math.log(1 + second.p95Ms())).toArray();
    int from = (int) seconds.stream().filter(second -> second.second() < first).count();
    int to = (int) seconds.stream().filter(second -> second.second() < last).count();
    return StepTest.pValue(logs, from, to) >= signals.options().drift().significance();
  }

  /** Returns whether nearly all of a stretch is above a limit, and hardly anything of the rest. */
  private static boolean mostly(double[] values, int from, int to, double limit) {
    int above = 0;
    int others = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > limit) {
        if (i >= from && i < to) {
          above++;
        } else {
          others++;
        }
      }
    }
    return above >= 0.8 * (to - from) && others <= 0.2 * (values.length - to + from);
  }
}
