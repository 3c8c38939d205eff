package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.statistics.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Gate on outages: seconds in a row in which at least half of the calls of a service or operation
 * failed or had the wrong content. A short outage is a small share of a long hold, so no error rate
 * shows it.
 *
 * <p>At one call a second, three ordinary errors in a row look like an outage. An outage therefore
 * counts only if chance is an unlikely explanation. Independent failures, as frequent as in the
 * rest of the run, must produce one as bad in fewer than one of a thousand runs, over all seconds,
 * services and operations.
 */
public final class DownGate {
  private static final int SECONDS = 3;
  private static final int FEWEST_FAILURES = 3;
  // Errors come in small clusters. At one call a second, three of them look like an outage.
  private static final int FEWEST_OF_AN_OPERATION = 5;
  private static final double BY_CHANCE = 0.001;
  // Upper limit of the assumed failure rate, so that frequent failures in the rest of the run do
  // not explain an outage.
  private static final double MOST_USUAL = 0.1;

  private final RunModel run;
  private final Set<Integer> disturbed;
  private final GateWriter write;
  private final int subjects;

  /**
   * The longest period in which a service was down.
   *
   * @param to first second after the outage
   */
  public record Outage(int from, int to, long failed, long calls) {
    /** Returns the length in seconds. */
    public int seconds() {
      return to - from;
    }
  }

  /**
   * @param subjects services and operations that are judged
   */
  DownGate(RunModel run, Set<Integer> disturbed, int subjects, GateWriter write) {
    this.run = run;
    this.subjects = subjects;
    this.disturbed = disturbed;
    this.write = write;
  }

  /** Judges a service between two seconds, the second of which is excluded. */
  void judge(String service, int from, int to) {
    write(service, from, to, longest(run.timelineOf(service), from, to, subjects));
  }

  /** Judges an operation in the same way. It gets a gate only if it was down. */
  void judgeOperation(String operation, int from, int to) {
    Optional<Outage> outage =
        longest(run.timelineOf(operation), from, to, subjects)
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

  /**
   * Returns the longest outage. Seconds without a call do not end an outage.
   *
   * @param to excluded
   * @param subjects number of subjects that are searched, including this one
   */
  public static Optional<Outage> longest(Timeline timeline, int from, int to, int subjects) {
    List<Outage> all = new ArrayList<>();
    Outage now = new Outage(from, from, 0, 0);
    for (int second = from; second < to; second++) {
      long calls = timeline.started(second);
      long failed = timeline.failed(second);
      if (calls == 0) {
        continue;
      }
      if (2 * failed >= calls) {
        int since = now.calls() == 0 ? second : now.from();
        now = new Outage(since, second + 1, now.failed() + failed, now.calls() + calls);
      } else {
        all.add(now);
        now = new Outage(second, second, 0, 0);
      }
    }
    all.add(now);
    double many = Math.max(1.0, to - from) * subjects;
    return all.stream()
        .filter(of -> of.seconds() >= SECONDS && of.failed() >= FEWEST_FAILURES)
        .filter(of -> chance(timeline, of) * many < BY_CHANCE)
        .max(Comparator.comparingInt(Outage::seconds));
  }

  /** Returns the probability that this many calls fail by chance. */
  private static double chance(Timeline timeline, Outage outage) {
    long failed = 0;
    long calls = 0;
    for (int second = 0; second < timeline.length(); second++) {
      failed += timeline.failed(second);
      calls += timeline.started(second);
    }
    double usual = (failed - outage.failed() + 1.0) / (calls - outage.calls() + 1.0);
    return 1
        - Proportion.probabilityOfAtMost(
            outage.failed() - 1, outage.calls(), Math.min(MOST_USUAL, usual));
  }
}
