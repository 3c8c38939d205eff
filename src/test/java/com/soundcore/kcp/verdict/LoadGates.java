package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gates on the load: whether the planned load was sent, in every second of every hold. */
final class LoadGates {
  private static final int ENOUGH_CALLS = 100;
  // Journeys are not cut, and the log's seconds differ from the load's by milliseconds.
  private static final int WHOLE_JOURNEYS = 10;

  private final GateOptions options;
  private final RunMetadata facts;
  private final RunModel run;
  private final GeneratorPauses still;
  private final GateWriter write;

  LoadGates(
      GateOptions options,
      RunMetadata facts,
      RunModel run,
      GeneratorPauses still,
      GateWriter write) {
    this.options = options;
    this.facts = facts;
    this.run = run;
    this.still = still;
    this.write = write;
  }

  /** Judges a service's rate over the steady seconds of a hold. */
  void rate(Hold hold, String service, double tolerance) {
    double planned = facts.load().calls(service, hold.steadyFrom(), hold.to());
    long started = 0;
    for (int second = hold.steadyFrom(); second < hold.to(); second++) {
      started += started(service, second);
    }
    int seconds = hold.to() - hold.steadyFrom();
    double needed = Math.max(0, planned * (1 - tolerance) - WHOLE_JOURNEYS) / Math.max(1, seconds);
    double actual = (double) started / Math.max(1, seconds);
    String message =
        text(
            "%s must get %,.1f req/s: %,.1f req/s (n = %,d in %,d s)%s",
            service, needed, actual, started, seconds, hold.name());
    String required = text("rate ≥ %,.1f req/s", needed);
    add(
        hold,
        service,
        "rate",
        required,
        actual,
        "req/s",
        started,
        seconds,
        actual >= needed,
        message);
  }

  /**
   * Judges the rate in every window of a few seconds, so that dips do not hide in the mean. A
   * window is longer than a second because arrivals are whole numbers and the seconds after a short
   * stall make up for it.
   */
  void everySecond(Hold hold, String service) {
    int window = window(hold, service);
    double worst = Double.POSITIVE_INFINITY;
    int worstSecond = 0;
    int windows = 0;
    for (int first = hold.steadyFrom(); first + window <= hold.to(); first++) {
      if (IntStream.range(first, first + window).anyMatch(still.leftOut()::contains)) {
        continue;
      }
      double planned = facts.load().calls(service, first, first + window);
      long started = 0;
      for (int second = first; second < first + window; second++) {
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
    double actual = worst * 100;
    String message =
        text(
            "%s must get %.0f %% of its planned rate at any time: %.1f %% at second %,d%s",
            service, limit * 100, actual, worstSecond, hold.name());
    String required = text("≥ %.0f %% of the rate at any time", limit * 100);
    boolean passed = worst >= limit;
    add(hold, service, "steadiness", required, actual, "%", windows, windows, passed, message);
  }

  /**
   * Returns the window's length in seconds. Arrivals are whole numbers and a journey has several
   * calls, so low rates need longer windows.
   */
  private int window(Hold hold, String service) {
    double rps = facts.load().rps(service, (hold.from() + hold.to()) / 2.0);
    int enough = (int) Math.ceil(ENOUGH_CALLS / Math.max(rps, 1e-9));
    int shortest = (int) options.rateWindow().toSeconds();
    return Math.max(shortest, Math.min(enough, hold.to() - hold.steadyFrom()));
  }

  /** Judges the number of concurrent users in the closed model. */
  void users(Hold hold) {
    double planned = 0;
    double actual = 0;
    List<Timeline.Second> seconds = run.timeline().seconds();
    int counted = 0;
    for (int second = hold.steadyFrom(); second < hold.to(); second++) {
      planned += facts.load().users(second);
      actual += second < seconds.size() ? seconds.get(second).users() : 0;
      counted++;
    }
    double mean = actual / Math.max(1, counted);
    double needed = planned / Math.max(1, counted) * (1 - options.usersTolerance());
    String message =
        text(
            "there must be %,.1f concurrent users: %,.1f (%,d s)%s",
            needed, mean, counted, hold.name());
    String required = text("users ≥ %,.1f", needed);
    add(
        hold,
        LatencyLimits.ALL,
        "users",
        required,
        mean,
        "users",
        counted,
        counted,
        mean >= needed,
        message);
  }

  /**
   * Describes the response time at which the cap was reached.
   *
   * @param mean in seconds, by Little's law
   */
  private String reached(double mean) {
    // Calls that were never answered are not in the log. If many are missing, the computed mean
    // exceeds the longest logged call.
    return mean * 1000 <= run.whole().max()
        ? text("; the cap was reached at a mean response time of %,.0f ms", mean * 1000)
        : "; hardly any call was answered then";
  }

  /**
   * Judges the arrivals dropped at the cap. None may be.
   *
   * @param judged the periods that count
   */
  void shed(List<Hold> judged) {
    int maxInFlight = facts.end().maxInFlight();
    Set<Integer> counted =
        judged.stream()
            .flatMapToInt(hold -> IntStream.range(hold.from(), hold.to()))
            .boxed()
            .collect(Collectors.toSet());
    long shed = 0;
    long ours = 0;
    long sent = 0;
    int seconds = 0;
    counted.removeAll(still.leftOut());
    for (int second : counted) {
      long then = facts.end().shedCalls().total(second, second + 1);
      shed += then;
      if (then > 0) {
        ours += still.disturbed().contains(second) ? then : 0;
        sent += run.timeline().started(second);
        seconds++;
      }
    }
    String reached =
        shed == 0 || maxInFlight == 0 ? "" : reached(1.0 * maxInFlight * seconds / sent);
    String message =
        text(
            "no arrival may be dropped at the cap%s requests in flight: %,d were (n = %,d)%s",
            maxInFlight == 0 ? " on" : text(" of %,d", maxInFlight),
            shed,
            run.whole().requests(),
            reached);
    Gate gate =
        new Gate(
            "all.shed",
            LatencyLimits.ALL,
            "no arrival dropped",
            (double) shed,
            "calls",
            run.whole().requests(),
            shed == 0 ? Outcome.PASS : Outcome.FAIL,
            message);
    // Most drops came from bursts after the generator's own pauses. They do not describe the
    // system.
    write.add(new Hold("", "", 0, 0, 0), gate, ours * 2 > shed);
  }

  private long started(String service, int second) {
    Timeline timeline = run.timelines().get(service);
    return timeline == null ? 0 : timeline.started(second);
  }

  private void add(
      Hold hold,
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
    Gate gate =
        seconds == 0
            ? new Gate(
                id,
                subject,
                required,
                null,
                unit,
                0,
                Outcome.NO_DATA,
                subject + ": " + name + " cannot be judged; no hold is long enough to be steady")
            : new Gate(
                id,
                subject,
                required,
                actual,
                unit,
                samples,
                passed ? Outcome.PASS : Outcome.FAIL,
                message);
    // A rate that was not sent is the generator's fault; its health reports it.
    write.add(hold, gate, false);
  }
}
