package com.soundcore.kcp.verdict;

import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.List;
import java.util.Locale;

/** Gates on the load itself: was it really there, on the whole and in every second? */
final class LoadGates {
  private final GateOptions options;
  private final RunFacts facts;
  private final RunModel run;
  private final List<Gate> gates;

  LoadGates(GateOptions options, RunFacts facts, RunModel run, List<Gate> gates) {
    this.options = options;
    this.facts = facts;
    this.run = run;
    this.gates = gates;
  }

  /** The rate of a service over the steady seconds. */
  void rate(String service, double tolerance) {
    double planned = 0;
    long started = 0;
    for (int second : run.steadySeconds()) {
      planned += plannedRps(service, second);
      started += started(service, second);
    }
    int seconds = run.steadySeconds().size();
    double needed = planned / Math.max(1, seconds) * (1 - tolerance);
    double actual = (double) started / Math.max(1, seconds);
    String message =
        text(
            "%s must get %,.1f req/s: %,.1f req/s (n = %,d in %,d s)",
            service, needed, actual, started, seconds);
    String required = text("rate ≥ %,.1f req/s", needed);
    add(service, "rate", required, actual, "req/s", started, seconds, actual >= needed, message);
  }

  /**
   * The same in every second: a hold with dips is no hold. A few seconds are taken together, since
   * arrivals are whole and a stall is made up for within the next.
   */
  void everySecond(String service) {
    int window = (int) options.rateWindow().toSeconds();
    double worst = Double.POSITIVE_INFINITY;
    int worstSecond = 0;
    int windows = 0;
    for (int last : run.steadySeconds()) {
      int first = last - window + 1;
      if (!run.steadySeconds().contains(first)) {
        continue;
      }
      double planned = 0;
      long started = 0;
      for (int second = first; second <= last; second++) {
        planned += plannedRps(service, second);
        started += started(service, second);
      }
      windows++;
      double share = started / planned;
      if (share < worst) {
        worst = share;
        worstSecond = first;
      }
    }
    double limit = 1 - options.rateWindowTolerance();
    double actual = windows == 0 ? 0 : worst * 100;
    String message =
        text(
            "%s must get %.0f %% of its planned rate at any time: %.1f %% at second %,d",
            service, limit * 100, actual, worstSecond);
    String required = text("≥ %.0f %% of the rate at any time", limit * 100);
    boolean passed = worst >= limit;
    add(service, "steadiness", required, actual, "%", windows, windows, passed, message);
  }

  /** The concurrent users of the closed model over the steady seconds. */
  void users() {
    double planned = 0;
    double actual = 0;
    List<Timeline.Second> seconds = run.timeline().seconds();
    int counted = 0;
    for (int second : run.steadySeconds()) {
      planned += facts.plannedUsers(second);
      actual += second < seconds.size() ? seconds.get(second).users() : 0;
      counted++;
    }
    double mean = actual / Math.max(1, counted);
    double needed = planned / Math.max(1, counted) * (1 - options.usersTolerance());
    String message =
        text("there must be %,.1f concurrent users: %,.1f (%,d s)", needed, mean, counted);
    String required = text("users ≥ %,.1f", needed);
    add("all", "users", required, mean, "users", counted, counted, mean >= needed, message);
  }

  private long started(String service, int second) {
    Timeline timeline = run.timelines().get(service);
    return timeline == null ? 0 : timeline.started(second);
  }

  private double plannedRps(String service, int second) {
    return facts.plannedRps(service, second);
  }

  private void add(
      String subject,
      String name,
      String required,
      double actual,
      String unit,
      long samples,
      int seconds,
      boolean passed,
      String message) {
    String id = subject + "." + name;
    if (seconds == 0) {
      String why = subject + ": " + name + " cannot be judged; no hold is long enough to be steady";
      gates.add(new Gate(id, subject, required, null, unit, 0, Outcome.NO_DATA, why));
      return;
    }
    Outcome outcome = passed ? Outcome.PASS : Outcome.FAIL;
    gates.add(new Gate(id, subject, required, actual, unit, samples, outcome, message));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
