package com.soundcore.kcp.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * A share of calls and its exact one-sided bounds (C. J. Clopper and E. S. Pearson, 1934). Numbers
 * need not be whole: only a part of clustered calls counts (E. L. Korn and B. I. Graubard, 1998).
 *
 * @param hits 0 to calls
 * @param calls at least 0
 */
public record Proportion(double hits, double calls) {
  /** Returns the upper confidence bound of the share. */
  public double upper(double confidence) {
    if (hits >= calls) {
      return 1;
    }
    return BetaDistribution.of(hits + 1, calls - hits).inverseCumulativeProbability(confidence);
  }

  /** Returns the lower confidence bound of the share. */
  public double lower(double confidence) {
    if (hits <= 0) {
      return 0;
    }
    return BetaDistribution.of(hits, calls - hits + 1).inverseCumulativeProbability(1 - confidence);
  }

  /** Returns how many calls without a single hit prove that the share is below a limit. */
  public static long callsToProve(double limit, double confidence) {
    return (long) Math.ceil(Math.log(1 - confidence) / Math.log1p(-limit));
  }

  /**
   * Returns the most hits among this number of calls that still prove a share below a limit; -1 if
   * none do.
   */
  public static long mostHitsToProve(double limit, long calls, double confidence) {
    if (calls < callsToProve(limit, confidence)) {
      return -1;
    }
    long low = 0;
    long high = (long) Math.ceil(limit * calls);
    while (low < high) {
      long middle = (low + high + 1) / 2;
      if (new Proportion(middle, calls).upper(confidence) < limit) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * Returns the probability that at most this many calls are hits, if each is one with a
   * probability from 0 to 1. Exact to 1e-12 for thousands of calls, to 1e-7 for billions.
   */
  public static double probabilityOfAtMost(long hits, long calls, double probability) {
    if (hits < 0) {
      return 0;
    }
    // The library's binomial distribution counts in ints; its beta distribution does not.
    return hits >= calls
        ? 1
        : BetaDistribution.of(hits + 1.0, (double) (calls - hits)).survivalProbability(probability);
  }
}
