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
    return best.beyond() > 0
        && new ServiceLevel(
                planned.subject(),
                planned.limit(),
                best,
                confidence,
                isPart ? among.parts() : among.whole())
            .isRefuted();
  }

  /** What was measured, followed by perfect calls up to the plan. */
  private CallSample atBest(Planned planned, int now) {
    String subject = planned.subject();
    int from = planned.hold().start(planned.limit());
    int seconds = planned.hold().to() - from;
    int measured = Math.max(0, Math.min(now - from, seconds));
    long[] beyond = new long[seconds];
    long[] calls = new long[seconds];
    long remaining = planned.calls();
    for (int i = 0; i < measured; i++) {
      calls[i] = counts.answered(subject, from + i);
      beyond[i] = counts.beyond(subject, from + i, planned.limit().millis());
      remaining -= calls[i];
    }
    for (int i = measured; i < seconds && remaining > 0; i++) {
      calls[i] = remaining / (seconds - i);
      remaining -= calls[i];
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
