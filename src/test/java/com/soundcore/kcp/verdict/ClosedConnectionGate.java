package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Gate on connections closed without an answer. Gatling retries these calls and logs them as OK.
 */
final class ClosedConnectionGate {
  private static final String ALL = LatencyLimits.ALL;

  private ClosedConnectionGate() {}

  /** Judges all services over the whole run. */
  static void write(GateOptions options, RunMetadata facts, RunModel run, GateWriter write) {
    double limit = options.closedConnections();
    CountsBySecond closed = facts.end().closedConnections();
    int seconds = Math.max(run.timeline().length(), closed.seconds());
    long[] beyond = IntStream.range(0, seconds).mapToLong(s -> closed.total(s, s + 1)).toArray();
    long[] calls = IntStream.range(0, seconds).mapToLong(run.timeline()::started).toArray();
    Arrays.setAll(calls, second -> calls[second] + beyond[second]);
    CallSample sample = CallSample.of(beyond, calls);
    ServiceLevel level = new ServiceLevel(ALL, Limit.errors(limit), sample, options.confidence());
    Provability provability = new Provability(level.limit(), sample.calls(), options.confidence());
    Outcome outcome = level.outcome(provability, 1, 1, 1);
    String proof =
        switch (outcome) {
          case PASS, FAIL, NO_DATA -> "";
          case NOT_PROVED -> "; not proved: " + provability.inWords();
          case UNDECIDED -> "; neither proved nor refuted: " + level.decidedInWords();
        };
    String message =
        text(
            "fewer than %s of all calls may be closed without an answer: %s (%,d of %,d)%s%s",
            Limit.percent(limit),
            Limit.percent(sample.share()),
            sample.beyond(),
            sample.calls(),
            sample.beyond() == 0 ? "" : "; Gatling retried them silently",
            proof);
    write.add(
        new Gate(
            "all.dropped",
            ALL,
            "closed connections < " + Limit.percent(limit),
            sample.share() * 100,
            "%",
            sample.calls(),
            outcome,
            message));
  }
}
