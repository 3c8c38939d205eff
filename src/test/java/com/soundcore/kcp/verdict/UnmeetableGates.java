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
    Measured measured = measured(planned, now);
    long atLeast = Math.max(planned.calls(), measured.calls());
    // Most limits are not near: the rest of the plan is worked out only for those that are.
    if (measured.beyond() <= planned.limit().share() * atLeast) {
      return false;
    }
    boolean isPart = planned.hold().isPart(planned.subject());
    CallSample best = atBest(planned, measured, now);
    return best.calls() >= (isPart ? 1 : fewest)
        && new ServiceLevel(
                planned.subject(),
                planned.limit(),
                best,
                confidence,
                isPart ? among.parts() : among.whole())
            .isRefuted();
  }

  private record Measured(long beyond, long calls) {}

  private Measured measured(Planned planned, int now) {
    long beyond = 0;
    long calls = 0;
    for (int second = first(planned); second < next(planned, now); second++) {
      calls += counts.answered(planned.subject(), second);
      beyond += counts.beyond(planned.subject(), second, planned.limit().millis());
    }
    return new Measured(beyond, calls);
  }

  private static int first(Planned planned) {
    return planned.hold().start(planned.limit());
  }

  /** Returns the first second that is not measured yet. */
  private static int next(Planned planned, int now) {
    return Math.max(first(planned), Math.min(now, planned.hold().to()));
  }

  /**
   * Continues the measured calls with perfect ones: those of the remaining plan, and those by which
   * the load is behind it.
   */
  private CallSample atBest(Planned planned, Measured measured, int now) {
    String subject = planned.subject();
    int from = first(planned);
    int to = planned.hold().to();
    int next = next(planned, now);
    long[] beyond = new long[to - from];
    long[] calls = new long[to - from];
    for (int second = from; second < next; second++) {
      calls[second - from] = counts.answered(subject, second);
      beyond[second - from] = counts.beyond(subject, second, planned.limit().millis());
    }
    double ahead = facts.plannedCalls(subject, next, to);
    double more = Math.max(1, (planned.calls() - measured.calls()) / Math.max(1, ahead));
    double due = 0;
    long added = 0;
    for (int second = next; second < to; second++) {
      due += more * facts.plannedCalls(subject, second, second + 1);
      calls[second - from] = Math.round(due) - added;
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
        measured(planned, now).beyond(),
        planned.calls(),
        limit.isErrors() ? "failed" : "took " + limit.millis() + " ms or longer");
  }
}
