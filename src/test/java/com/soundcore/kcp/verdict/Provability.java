package com.soundcore.kcp.verdict;

import com.soundcore.kcp.statistics.Proportion;
import java.util.Locale;

/**
 * What a planned number of calls can prove about a limit, known before the first call.
 *
 * @param limit the requirement
 * @param planned number of calls
 * @param confidence of the proof
 */
public record Provability(Limit limit, long planned, double confidence) {
  // A test has dozens of limits, and clustered calls are worth less than their number, so each
  // limit must be almost certain.
  private static final double CERTAIN = 0.9999;
  private static final double ALL_TOGETHER = 0.99;
  private static final double HALF = 0.5;
  private static final long MANY = 1_000_000_000;

  /** Returns a copy for clustered calls with this design effect. */
  public Provability clustered(double designEffect) {
    return new Provability(limit, Math.round(planned / designEffect), confidence);
  }

  /**
   * Returns whether nearly every run proves the limit for a system with half of the allowed share.
   */
  public boolean isCertain() {
    return limit.share() == 0 || power(mostHits()) >= CERTAIN;
  }

  /**
   * Returns whether nearly every run measures such a system within the limit.
   *
   * @param doubtful number of the test's limits that are not certain; together they may be wrong in
   *     one of 100 runs (C. E. Bonferroni's correction)
   */
  public boolean canTell(int doubtful) {
    double needed = 1 - (1 - ALL_TOGETHER) / Math.max(1, doubtful);
    return limit.share() == 0 || power((long) Math.floor(limit.share() * planned)) >= needed;
  }

  /** Returns whether this number of calls can prove the limit at all. */
  public boolean isPossible() {
    return limit.share() == 0 || mostHits() >= 0;
  }

  private double power(long hits) {
    return planned > MANY ? 1 : Proportion.probabilityOfAtMost(hits, planned, limit.share() * HALF);
  }

  private long mostHits() {
    return Proportion.mostHitsToProve(limit.share(), planned, confidence);
  }

  /**
   * Returns a sentence such as "2,777 calls cannot prove it; it takes 29,956 without one error".
   */
  public String inWords() {
    long hits = mostHits();
    String misses = limit.isErrors() ? "error" : "slow call";
    return hits < 0
        ? String.format(
            Locale.ROOT,
            "%,d calls cannot prove it; it takes %,d without one %s",
            planned,
            Proportion.callsToProve(limit.share(), confidence),
            misses)
        : String.format(
            Locale.ROOT,
            "%,d calls prove it with at most %,d %s (%s)",
            planned,
            hits,
            misses + (hits == 1 ? "" : "s"),
            Limit.percent((double) hits / planned));
  }
}
