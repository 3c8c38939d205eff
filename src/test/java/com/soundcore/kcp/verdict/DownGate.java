package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * No service or operation may be down: for seconds on end at least half of its calls failed or had
 * the wrong content. A short outage is a small share of a long hold, and no error rate shows it.
 */
public final class DownGate {
  private static final int SECONDS = 3;
  private static final int FEWEST_FAILURES = 3;
  // Where an operation has a call a second, three chance errors in a row look like an outage.
  private static final int FEWEST_OF_AN_OPERATION = 5;

  private final RunModel run;
  private final Set<Integer> disturbed;
  private final GateWriter write;

  /**
   * The longest stretch of time in which a service was down.
   *
   * @param to excluded
   */
  public record Outage(int from, int to, long failed, long calls) {
    /** How long. */
    public int seconds() {
      return to - from;
    }
  }

  DownGate(RunModel run, Set<Integer> disturbed, GateWriter write) {
    this.run = run;
    this.disturbed = disturbed;
    this.write = write;
  }

  /** The gate of a service from one second up to another, which is excluded. */
  void judge(String service, int from, int to) {
    write(service, from, to, longest(run.timelineOf(service), from, to));
  }

  /** The same of an operation; it gets a gate only where it was down. */
  void judgeOperation(String operation, int from, int to) {
    Optional<Outage> outage =
        longest(run.timelineOf(operation), from, to)
            .filter(of -> of.failed() >= FEWEST_OF_AN_OPERATION);
    if (outage.isPresent()) {
      write(operation, from, to, outage);
    }
  }

  private void write(String subject, int from, int to, Optional<Outage> outage) {
    String message =
        outage
            .map(
                of ->
                    text(
                        "%s must not be down: from %s to %s at least half of its calls failed in"
                            + " every second (%,d of %,d)",
                        subject, clock(of.from()), clock(of.to()), of.failed(), of.calls()))
            .orElse(text("%s was never down", subject));
    boolean ours =
        outage
            .filter(of -> IntStream.range(of.from(), of.to()).allMatch(disturbed::contains))
            .isPresent();
    Gate gate =
        new Gate(
            subject + ".down",
            subject,
            "never down",
            (double) outage.map(Outage::seconds).orElse(0),
            "s",
            to - from,
            outage.isEmpty() ? Gate.Outcome.PASS : Gate.Outcome.FAIL,
            message);
    write.add(new Hold("", "", from, to, from), gate, ours);
  }

  /** Seconds without a call say nothing: an outage lasts over them. */
  public static Optional<Outage> longest(Timeline timeline, int from, int to) {
    Outage longest = new Outage(from, from, 0, 0);
    Outage now = longest;
    for (int second = from; second < to; second++) {
      long calls = timeline.started(second);
      long failed = timeline.failed(second);
      if (calls == 0) {
        continue;
      }
      if (2 * failed >= calls) {
        int since = now.calls() == 0 ? second : now.from();
        now = new Outage(since, second + 1, now.failed() + failed, now.calls() + calls);
        longest = now.seconds() > longest.seconds() ? now : longest;
      } else {
        now = new Outage(second, second, 0, 0);
      }
    }
    return Optional.of(longest)
        .filter(of -> of.seconds() >= SECONDS && of.failed() >= FEWEST_FAILURES);
  }
}
