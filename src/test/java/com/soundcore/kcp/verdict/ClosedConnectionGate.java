package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.Gate.Outcome;

/**
 * Gate on connections closed without an answer. Gatling retries these calls and logs them as OK.
 */
final class ClosedConnectionGate {
  private static final String ALL = LatencyLimits.ALL;

  private ClosedConnectionGate() {}

  /** Judges all services over the whole run. */
  static void write(GateOptions options, RunMetadata facts, RunModel run, GateWriter write) {
    double limit = options.closedConnections();
    long closed = facts.end().closedConnections().total();
    long calls = run.whole().requests() + closed;
    CallSample sample = new CallSample(closed, calls);
    ServiceLevel level = new ServiceLevel(ALL, Limit.errors(limit), sample, options.confidence());
    Outcome outcome =
        level.isProved() ? Outcome.PASS : level.isRefuted() ? Outcome.FAIL : Outcome.NOT_PROVED;
    String proof =
        outcome == Outcome.NOT_PROVED
            ? "; not proved: " + new Provability(level.limit(), calls, level.confidence()).inWords()
            : "";
    String message =
        text(
            "fewer than %s of all calls may be closed without an answer: %s (%,d of %,d)%s%s",
            Limit.percent(limit),
            Limit.percent(sample.share()),
            closed,
            calls,
            closed(closed),
            proof);
    write.add(
        new Gate(
            "all.dropped",
            ALL,
            "closed connections < " + Limit.percent(limit),
            sample.share() * 100,
            "%",
            calls,
            outcome,
            message));
  }

  private static String closed(long closed) {
    return closed == 0 ? "" : "; Gatling retried them silently";
  }
}
