package com.soundcore.kcp.verdict;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.verdict.Provabilities.Planned;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Limits that a running test can no longer meet, even if every remaining call is perfect. The rule
 * of the verdict judges this best case, so that no load is stopped that could still pass.
 */
public final class UnmeetableGates {
  /** The calls of a run so far, by the second in which they were sent. */
  public interface Counts {
    /** Returns the number of calls with an answer; of all, a service or an operation. */
    long answered(String subject, int second);

    /** Returns the number of calls that took at least this long, or that failed if it is 0. */
    long beyond(String subject, int second, int limitMs);
  }

  private final List<Planned> limits;
  private final Provabilities.Counts among;
  private final double confidence;
  private final long fewest;
  private final RunMetadata facts;
  private final Counts counts;

  /** Has no limits where the test does not stop early, or where this injector is one of several. */
  public UnmeetableGates(KcpConfig config, RunMetadata facts, Counts counts) {
    Asserts asserts = Judge.testOf(config, facts).asserts();
    // One of several injectors sees only its own calls: those of the others may still save a limit.
    boolean alone = config.injector().count() == 1;
    boolean may = alone && asserts.earlyStop() && config.earlyStop().lostGates();
    this.limits = may ? Provabilities.all(config, facts) : List.of();
    this.among = Provabilities.counts(config, facts);
    this.confidence = config.gates().confidence();
    this.fewest = config.gates().minSamples();
    this.facts = facts;
    this.counts = counts;
  }

  /** Returns the first limit that can no longer be met at this second, in words. */
  public Optional<String> at(int now) {
    return limits.stream()
        .filter(planned -> planned.hold().from() < now && isUnmeetable(planned, now))
        .findFirst()
        .map(planned -> inWords(planned, now));
  }

  private boolean isUnmeetable(Planned planned, int now) {
    CallSample best = atBest(planned, now);
    boolean isPart = planned.hold().isPart(planned.subject());
    return best.calls() >= (isPart ? 1 : fewest)
        && best.beyond() > 0
        && new ServiceLevel(
                planned.subject(),
                planned.limit(),
                best,
                confidence,
                isPart ? among.parts() : among.whole())
            .isRefuted();
  }

  /**
   * What was measured, followed by perfect calls: those of the plan, and those that are behind it.
   */
  private CallSample atBest(Planned planned, int now) {
    String subject = planned.subject();
    int from = planned.hold().start(planned.limit());
    int to = planned.hold().to();
    int next = Math.max(from, Math.min(now, to));
    long[] beyond = new long[to - from];
    long[] calls = new long[to - from];
    long measured = 0;
    for (int second = from; second < next; second++) {
      calls[second - from] = counts.answered(subject, second);
      beyond[second - from] = counts.beyond(subject, second, planned.limit().millis());
      measured += calls[second - from];
    }
    double ahead = facts.plannedCalls(subject, next, to);
    double remaining = Math.max(ahead, planned.calls() - measured);
    long added = 0;
    for (int second = next; second < to && ahead > 0; second++) {
      double share = facts.plannedCalls(subject, next, second + 1) / ahead;
      calls[second - from] = Math.round(remaining * share) - added;
      added += calls[second - from];
    }
    return CallSample.of(beyond, calls);
  }

  private String inWords(Planned planned, int now) {
    Limit limit = planned.limit();
    return String.format(
        Locale.ROOT,
        "the limit '%s' for %s%s can no longer be met: %,d of about %,d calls %s",
        limit.required(),
        planned.subject().equals(Subject.ALL) ? "all services" : planned.subject(),
        planned.hold().name(),
        atBest(planned, now).beyond(),
        planned.calls(),
        limit.isErrors() ? "failed" : "took " + limit.millis() + " ms or longer");
  }
}
