package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.TreeSet;

/** Gate on stalls: neither a service nor all services together may stop answering. */
final class StallGate {
  private final GateOptions options;
  private final RunModel run;
  private final GeneratorPauses still;
  private final GateWriter write;

  StallGate(GateOptions options, RunModel run, GeneratorPauses still, GateWriter write) {
    this.options = options;
    this.run = run;
    this.still = still;
    this.write = write;
  }

  /** Judges a subject in a hold. */
  void stalls(Hold hold, String subject) {
    int shortest = Stalls.shortestHold(options);
    if (hold.seconds() < shortest) {
      String tooShort =
          text(
              "%s: a stall is not seen in a hold of %,d s; it takes %,d s%s",
              subject, hold.seconds(), shortest, hold.name());
      write.add(
          hold,
          new Gate(
              subject + ".stall",
              subject,
              "no stall",
              null,
              "s",
              hold.seconds(),
              Outcome.NOT_PROVED,
              tooShort),
          false);
      return;
    }
    TreeSet<Integer> stalled = Stalls.in(run, subject, hold, options);
    if (still.leftOut().containsAll(stalled)) {
      stalled.clear();
    }
    String message =
        stalled.isEmpty()
            ? text("%s answered without a stall%s", subject, hold.name())
            : text(
                "%s must not stop answering: for %,d s (%s) calls waited, and it gave no answer, or"
                    + " less than half as many as usual%s",
                subject, stalled.size(), GateWriter.clocks(stalled), hold.name());
    boolean passed = stalled.isEmpty();
    boolean ours = still.disturbed().containsAll(stalled);
    Gate gate =
        new Gate(
            subject + ".stall",
            subject,
            "no stall",
            (double) stalled.size(),
            "s",
            hold.seconds(),
            passed ? Outcome.PASS : Outcome.FAIL,
            message);
    write.add(hold, gate, ours);
  }
}
