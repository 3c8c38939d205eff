package com.soundcore.kcp.verdict;

import com.soundcore.kcp.statistics.Clustering;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A limit together with the calls that are judged by it. The limit is proved if the one-sided upper
 * bound of their share is inside it, refuted if the lower bound is outside, and otherwise open.
 * This class is the only owner of that question: live figures, levels of a search, gates and
 * findings ask it.
 *
 * @param subject a service, or "all"
 * @param limit the requirement
 * @param sample the measurement
 * @param confidence of each bound, such as 0.95
 * @param among number of limits that chance may falsely refute. They share the allowed error
 *     probability (C. E. Bonferroni's correction). A proof needs no correction, since all limits
 *     must hold.
 */
public record ServiceLevel(
    String subject, Limit limit, CallSample sample, double confidence, int among) {
  private static final long FEWEST = 3;
  // Longer runs than this multiple are not suggested to decide one limit.
  private static final double LONGEST = 50;
  private static final double FINER = 1.1;
  private static final double HALF = 0.5;
  // Many limits together may be refuted by chance a fifth as often as a single limit.
  private static final double ALL_OF_MANY = 0.2;

  /** Creates a limit that is judged alone. */
  public ServiceLevel(String subject, Limit limit, CallSample sample, double confidence) {
    this(subject, limit, sample, confidence, 1);
  }

  /** Returns whether the sample proves that the limit holds. */
  public boolean isProved() {
    return limit.share() == 0
        ? sample.calls() > 0 && sample.beyond() == 0
        : sample.calls() > 0 && sample.upper(confidence) < limit.share();
  }

  /** Returns whether the sample refutes the limit. One or two errors do not make a rate. */
  public boolean isRefuted() {
    return limit.share() == 0
        ? sample.beyond() > 0
        : sample.beyond() >= FEWEST && lower() > limit.share();
  }

  /**
   * Returns the outcome of a gate.
   *
   * @param provability what the plan can prove at best
   * @param doubtful number of the test's limits that the plan cannot prove for certain
   * @param fewest smallest number of calls to judge
   * @param chances number of limits that share the allowed error probability; 1 for a single one
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
    // A measured share outside the limit is not excused by clustering. Up to half of the limit, for
    // which a plan is made, clustered calls may prove less than planned.
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
   * Returns whether the calls would refute the limit if they were independent. Then neither
   * clustering nor the number of limits excuses an undecided outcome.
   */
  private boolean isBeyondChance(int chances) {
    return new ServiceLevel(subject, limit, sample.asIndependent(), confidence, chances)
        .isRefuted();
  }

  /**
   * Returns by which factor the number of calls must grow to decide the limit at the same share;
   * empty if the share is too close to the limit.
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

  /** Returns how much longer a hold decides it, in words. */
  String decidedInWords() {
    OptionalDouble times = decidedAfter();
    return times.isPresent()
        ? String.format(
            Locale.ROOT, "a hold about %.1f times as long decides it", times.getAsDouble())
        : "it lies at its limit, where no longer hold decides";
  }

  /**
   * Returns the bound that decided, as a fraction: the lower one if the limit is refuted, else the
   * upper one.
   */
  public double bound() {
    return isRefuted() ? lower() : sample.upper(confidence);
  }

  /** Returns a copy with another sample. */
  ServiceLevel with(CallSample other) {
    return new ServiceLevel(subject, limit, other, confidence, among);
  }

  private double lower() {
    return sample.lower(among == 1 ? confidence : 1 - (1 - confidence) * ALL_OF_MANY / among);
  }

  /**
   * Returns a phrase such as "at most 0.02 % of the calls with 95 % confidence". If the method does
   * not cover the way in which the calls cluster, no confidence is stated.
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
