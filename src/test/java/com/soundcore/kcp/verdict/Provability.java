package com.soundcore.kcp.verdict;

import com.soundcore.kcp.statistics.Proportion;
import java.util.Locale;

/**
 * What a planned number of calls can prove about a limit, known before the first call.
 *
 * @param limit what is required
 * @param planned calls
 * @param confidence of the proof
 */
public record Provability(Limit limit, long planned, double confidence) {
  // A test has dozens of limits, and clustered calls say less than their number: each must be sure.
  private static final double CERTAIN = 0.9999;
  private static final double ALL_TOGETHER = 0.99;
  private static final double HALF = 0.5;
  private static final long MANY = 1_000_000_000;

  /** Returns a copy for clustered calls with this design effect. */
  public Provability clustered(double designEffect) {
    return new Provability(limit, Math.round(planned / designEffect), confidence);
  }

  /** Whether a system with half of what is allowed is proved to hold in nearly every run. */
  public boolean isCertain() {
    return limit.share() == 0 || power(mostHits()) >= CERTAIN;
  }

  /**
   * Whether such a system is measured within the limit nearly always.
   *
   * @param doubtful so many limits of the test are not certain: together they may be wrong in one
   *     of 100 runs (C. E. Bonferroni's correction)
   */
  public boolean canTell(int doubtful) {
    double needed = 1 - (1 - ALL_TOGETHER) / Math.max(1, doubtful);
    return limit.share() == 0 || power((long) Math.floor(limit.share() * planned)) >= needed;
  }

  /** Whether it can prove the limit at all. */
  public boolean isPossible() {
    return limit.share() == 0 || mostHits() >= 0;
  }

  private double power(long hits) {
    return planned > MANY ? 1 : Proportion.probabilityOfAtMost(hits, planned, limit.share() * HALF);
  }

  private long mostHits() {
    return Proportion.mostHitsToProve(limit.share(), planned, confidence);
  }

  /** "2,777 calls cannot prove it; it takes 29,956 without a miss". */
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
