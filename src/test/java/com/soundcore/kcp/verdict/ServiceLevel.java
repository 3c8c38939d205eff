package com.soundcore.kcp.verdict;

import com.soundcore.kcp.statistics.Clustering;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A limit, and what calls say of it: proved where the one-sided upper bound of their share is
 * inside the limit, refuted where the lower bound is outside, else open. The one owner of that
 * question: live figures, levels of a search, gates and findings ask here.
 *
 * @param subject a service, or "all"
 * @param limit what is required
 * @param sample what was measured
 * @param confidence of each bound, such as 0.95
 * @param among so many limits that chance may seem to refute: each gets its part of what may be
 *     wrong (C. E. Bonferroni's correction); a proof needs none, since all of them must hold
 */
public record ServiceLevel(
    String subject, Limit limit, CallSample sample, double confidence, int among) {
  private static final long FEWEST = 3;
  // No run is made longer by more than this to decide one limit.
  private static final double LONGEST = 50;
  private static final double FINER = 1.1;
  private static final double HALF = 0.5;
  // All of many together are refuted by chance a fifth as often as one that stands alone.
  private static final double ALL_OF_MANY = 0.2;

  /** A limit that stands alone. */
  public ServiceLevel(String subject, Limit limit, CallSample sample, double confidence) {
    this(subject, limit, sample, confidence, 1);
  }

  /** Whether the limit holds, as far as it can be known. */
  public boolean isProved() {
    return limit.share() == 0
        ? sample.calls() > 0 && sample.beyond() == 0
        : sample.calls() > 0 && sample.upper(confidence) < limit.share();
  }

  /** Whether the limit is broken, as far as it can be known: one or two errors are no rate. */
  public boolean isRefuted() {
    return limit.share() == 0
        ? sample.beyond() > 0
        : sample.beyond() >= FEWEST && lower() > limit.share();
  }

  /**
   * Whether the limit is broken whatever is still to come.
   *
   * @param planned calls in all, those that were looked at included
   */
  public boolean isLost(double planned) {
    long all = Math.max(sample.calls(), Math.round(planned));
    return with(new CallSample(sample.beyond(), all)).isRefuted();
  }

  /**
   * The outcome of a gate.
   *
   * @param provability what the plan could prove at the best
   * @param doubtful how many limits of the test the plan cannot prove for certain
   * @param fewest on fewer calls nothing is judged
   * @param chances how many limits share what chance may leave open; 1 for one that counts alone
   */
  Outcome outcome(Provability provability, int doubtful, long fewest, int chances) {
    if (sample.calls() < fewest) {
      return Outcome.NO_DATA;
    }
    if (isProved()) {
      return Outcome.PASS;
    }
    if (isRefuted()) {
      return Outcome.FAIL;
    }
    // Outside of it nothing is excused. A plan is made for half of what is allowed: up to there,
    // calls that cluster could prove less than was planned.
    boolean outside = sample.share() >= limit.share();
    boolean could =
        outside
            ? provability.isCertain() || provability.canTell(doubtful) || isBeyondChance(chances)
            : sample.share() <= HALF * limit.share()
                ? provability.clustered(sample.clustering().designEffect()).isCertain()
                : provability.isCertain();
    return could ? Outcome.UNDECIDED : Outcome.NOT_PROVED;
  }

  /**
   * Whether independent calls would refute it: then no plan is an excuse for what clusters, or the
   * number of limits, leave open.
   */
  private boolean isBeyondChance(int chances) {
    return new ServiceLevel(subject, limit, sample.asIndependent(), confidence, chances)
        .isRefuted();
  }

  /**
   * How many times as many calls would decide it, were the share of those beyond the limit to stay
   * as it is; empty where it lies at the limit.
   */
  public OptionalDouble decidedAfter() {
    for (double times = FINER; times <= LONGEST; times *= FINER) {
      ServiceLevel then = with(sample.times(times));
      if (then.isProved() || then.isRefuted()) {
        return OptionalDouble.of(times);
      }
    }
    return OptionalDouble.empty();
  }

  /** The bound that decided, as a fraction: the upper one, or the lower one where it is refuted. */
  public double bound() {
    return isRefuted() ? lower() : sample.upper(confidence);
  }

  /** The same of other calls. */
  ServiceLevel with(CallSample other) {
    return new ServiceLevel(subject, limit, other, confidence, among);
  }

  private double lower() {
    return sample.lower(among == 1 ? confidence : 1 - (1 - confidence) * ALL_OF_MANY / among);
  }

  /**
   * "at most 0.02 % of the calls with 95 % confidence". No confidence is stated where the calls
   * cluster in a way that the method does not cover.
   */
  String boundInWords() {
    if (limit.share() == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "; %s %s%s %s",
        isRefuted() ? "at least" : "at most",
        Limit.percent(bound()),
        limit.isErrors()
            ? ""
            : String.format(Locale.ROOT, " of the calls take %,d ms or longer", limit.millis()),
        confidenceInWords());
  }

  private String confidenceInWords() {
    Clustering clustering = sample.clustering();
    if (clustering.isCovered()) {
      return String.format(Locale.ROOT, "with %.0f %% confidence", confidence * 100);
    }
    return clustering.isResolved()
        ? "(too few episodes to state a confidence)"
        : "(episodes too long to state a confidence)";
  }
}
