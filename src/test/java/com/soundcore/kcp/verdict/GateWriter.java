package com.soundcore.kcp.verdict;

import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Gates on latency, errors, content and completeness, each with its sentence. */
final class GateWriter {
  /** How a failed check of an answer's content begins in the log. */
  static final String WRONG_CONTENT = "content, ";

  private final long minSamples;
  private final List<Gate> gates;

  GateWriter(long minSamples, List<Gate> gates) {
    this.minSamples = minSamples;
    this.gates = gates;
  }

  /** A run that was stopped has not shown what it was to show. */
  void stopped(RunFacts.Stopped stopped) {
    String message = text("the load was stopped after %,d s: %s", stopped.second(), stopped.why());
    add("run", "complete", "runs to its end", null, "s", stopped.second(), false, message);
  }

  void percentile(String subject, Stats stats, Percentile percentile, Duration limit) {
    String name = "p" + Math.round(percentile.value());
    String required = name + " < " + limit.toMillis() + " ms";
    if (stats.requests() < minSamples) {
      noData(subject, name, required, "ms", stats.requests());
      return;
    }
    long actual = stats.percentile(percentile);
    boolean passed = actual < limit.toMillis();
    String message =
        text(
            "%s %s must be < %,d ms: %,d ms (n = %,d)",
            subject, name, limit.toMillis(), actual, stats.requests());
    add(subject, name, required, (double) actual, "ms", stats.requests(), passed, message);
  }

  void errorRate(String subject, Stats stats, double limit) {
    String required = limit == 0 ? "no errors" : "errors < " + percent(limit);
    if (stats.requests() < minSamples) {
      noData(subject, "errors", required, "%", stats.requests());
      return;
    }
    boolean passed = limit == 0 ? stats.failed() == 0 : stats.errorRate() < limit;
    String message =
        text(
            "%s must have %s: %s (%,d of %,d)",
            subject,
            limit == 0 ? "no errors" : "fewer errors than " + percent(limit),
            percent(stats.errorRate()),
            stats.failed(),
            stats.requests());
    double actual = stats.errorRate() * 100;
    add(subject, "errors", required, actual, "%", stats.requests(), passed, message);
  }

  void wrongContent(RunModel run) {
    long wrong =
        run.errors().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(WRONG_CONTENT))
            .mapToLong(Map.Entry::getValue)
            .sum();
    long samples = run.whole().requests();
    String required = "no wrong content";
    if (samples == 0) {
      noData("all", "content", required, "answers", samples);
      return;
    }
    String message =
        text("no answer may have the wrong content: %,d had (n = %,d)", wrong, samples);
    add("all", "content", required, (double) wrong, "answers", samples, wrong == 0, message);
  }

  /** Shed in a steady second; what a cold start lost in a ramp is told, but does not count. */
  void shed(RunFacts facts, RunModel run, int maxInFlight) {
    long samples = run.whole().requests();
    Set<Integer> steady = Set.copyOf(run.steadySeconds());
    long start = run.startedAtMs() / 1000;
    long shed =
        facts.end().shedBySecond().entrySet().stream()
            .filter(entry -> steady.contains((int) (entry.getKey() - start)))
            .mapToLong(Map.Entry::getValue)
            .sum();
    String message =
        text(
            "no arrival may be shed: %,d were, since %,d requests were in flight (n = %,d)",
            shed, maxInFlight, samples);
    add("all", "shed", "no arrival shed", (double) shed, "calls", samples, shed == 0, message);
  }

  /** An operation that only ever failed was not exercised either. */
  void answered(String operation, Stats stats) {
    long right = stats.requests() - stats.failed();
    String message =
        text("%s must be answered rightly: %,d of %,d times", operation, right, stats.requests());
    String required = "answered rightly";
    add(
        operation,
        "answered",
        required,
        (double) right,
        "calls",
        stats.requests(),
        right > 0,
        message);
  }

  /** Where a test is meant to pass the limit, it must at least begin below it. */
  void firstHold(String phase, Stats stats, double limit) {
    errorRate("the first hold (" + phase + ")", stats, limit);
  }

  private void noData(String subject, String name, String required, String unit, long samples) {
    String message =
        text(
            "%s: %s cannot be judged on %,d samples; it takes %,d",
            subject, required, samples, minSamples);
    gates.add(
        new Gate(
            subject + "." + name,
            subject,
            required,
            null,
            unit,
            samples,
            Outcome.NO_DATA,
            message));
  }

  private void add(
      String subject,
      String name,
      String required,
      Double actual,
      String unit,
      long samples,
      boolean passed,
      String message) {
    Outcome outcome = passed ? Outcome.PASS : Outcome.FAIL;
    gates.add(
        new Gate(subject + "." + name, subject, required, actual, unit, samples, outcome, message));
  }

  static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.3f", share * 100);
    return text.replaceAll("\\.?0+$", "") + " %";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
