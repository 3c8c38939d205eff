package com.soundcore.kcp.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How calls that violate a limit cluster in time, and how many independent calls they are therefore
 * worth.
 *
 * <p>The design effect (L. Kish, Survey Sampling, 1965) is the variance of their share over blocks
 * of time, relative to that of independent calls. The data choose the length of the blocks: it
 * doubles until neighbours no longer correlate (G. S. Fishman, Grouping Observations in Digital
 * Simulation, 1978), up to a tenth of the time. The variance is itself an estimate from few blocks,
 * so Student's t replaces the normal quantile (E. L. Korn and B. I. Graubard, Confidence Intervals
 * for Proportions With Small Expected Number of Positive Counts, 1998). After few episodes, a
 * larger one may still come. Therefore the upper bound counts only blocks with hits, while the
 * lower bound counts all.
 *
 * @param designEffect number of calls that are worth one independent call; at least 1
 * @param blocks number of blocks of time, at least 2
 * @param blocksWithHits 0 to blocks
 * @param episodes number of periods with such calls, at least a block apart
 * @param isResolved whether the blocks are long enough to be independent
 */
public record Clustering(
    double designEffect, int blocks, int blocksWithHits, int episodes, boolean isResolved) {
  /** Calls that do not cluster. */
  public static final Clustering NONE = new Clustering(1, 2, 0, 0, true);

  // Large enough to count as known.
  private static final int MANY = 1_000_000;

  private static final int FEWEST_BLOCKS = 10;
  // One-sided 20 %: longer blocks cost a little power; shorter ones would hide a cluster.
  private static final double DEPENDENT = 0.8416;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * Smallest number of episodes for which a confidence is stated: the variance of fewer is a guess.
   * Fewer episodes still count as this many, since a single one must not undo what hundreds of
   * quiet blocks prove.
   */
  public static final int FEWEST_EPISODES = 5;

  /**
   * Estimates the clustering.
   *
   * @param hits calls that violate the limit, by second
   * @param calls by second
   */
  public static Clustering of(long[] hits, long[] calls) {
    Blocks blocks = new Blocks(hits, calls, 1);
    if (hits.length < FEWEST_BLOCKS || !(blocks.share > 0 && blocks.share < 1)) {
      return NONE;
    }
    while (blocks.areDependent() && hits.length / (2 * blocks.length) >= FEWEST_BLOCKS) {
      blocks = new Blocks(hits, calls, 2 * blocks.length);
    }
    return new Clustering(
        blocks.most > 1 ? Math.max(1, blocks.designEffect()) : 1,
        blocks.count(),
        blocks.withHits,
        episodes(hits, blocks.length),
        !blocks.areDependent());
  }

  /** Returns a clustering that is known from many other calls, such as those of other levels. */
  public static Clustering known(double designEffect) {
    return new Clustering(designEffect, MANY, MANY, MANY, true);
  }

  private static int episodes(long[] hits, int apart) {
    int episodes = 0;
    int last = -apart - 1;
    for (int second = 0; second < hits.length; second++) {
      if (hits[second] > 0) {
        episodes += second - last > apart ? 1 : 0;
        last = second;
      }
    }
    return episodes;
  }

  /** Returns whether a call is worth less than an independent one. */
  public boolean isClustered() {
    return designEffect > 1;
  }

  /** Returns whether a bound computed with this clustering keeps its confidence. */
  public boolean isCovered() {
    return !isClustered()
        || isResolved
            && blocksWithHits >= FEWEST_EPISODES
            && !(isSparse() && episodes < FEWEST_EPISODES);
  }

  /** Returns whether most blocks are free of such calls, so that episodes can be distinguished. */
  public boolean isSparse() {
    return 2 * blocksWithHits <= blocks;
  }

  /** Returns how many independent calls a call is worth to an upper bound: above 0, at most 1. */
  public double worthToUpper(double confidence) {
    return worth(confidence, blocksWithHits);
  }

  /** Returns how many independent calls a call is worth to a lower bound: above 0, at most 1. */
  public double worthToLower(double confidence) {
    return worth(confidence, blocks);
  }

  private double worth(double confidence, int blocksThatCount) {
    if (!isClustered()) {
      return 1;
    }
    int degrees = Math.max(FEWEST_EPISODES, blocksThatCount) - 1;
    double t = TDistribution.of(degrees).inverseCumulativeProbability(confidence);
    double wider = NORMAL.inverseCumulativeProbability(confidence) / t;
    return wider * wider / designEffect;
  }

  /** Returns the clustering of a period that is longer by this factor and otherwise alike. */
  public Clustering times(double factor) {
    return new Clustering(
        designEffect,
        (int) Math.round(blocks * factor),
        (int) Math.round(blocksWithHits * factor),
        (int) Math.round(episodes * factor),
        isResolved);
  }

  /**
   * Blocks of this many seconds. Seconds that do not fill another block make the others slightly
   * longer.
   */
  private static final class Blocks {
    private final int length;
    private final double share;
    private final double calls;
    private final int withHits;
    private final double most;
    // The difference between each block's hits and the hits expected from the overall share.
    private final double[] residuals;

    Blocks(long[] hits, long[] calls, int length) {
      this.length = length;
      int count = hits.length / length;
      double[] ofBlock = new double[count];
      double[] callsOfBlock = new double[count];
      double allHits = 0;
      double allCalls = 0;
      for (int i = 0; i < hits.length; i++) {
        int block = (int) ((long) i * count / hits.length);
        ofBlock[block] += hits[i];
        callsOfBlock[block] += calls[i];
        allHits += hits[i];
        allCalls += calls[i];
      }
      share = allHits / allCalls;
      this.calls = allCalls;
      withHits = (int) Arrays.stream(ofBlock).filter(of -> of > 0).count();
      most = Arrays.stream(ofBlock).max().orElse(0);
      residuals = ofBlock;
      for (int block = 0; block < count; block++) {
        residuals[block] -= share * callsOfBlock[block];
      }
    }

    int count() {
      return residuals.length;
    }

    /** Compares the lag-1 autocorrelation with its mean and deviation in independent values. */
    boolean areDependent() {
      int n = count();
      return correlation() > (DEPENDENT * Math.sqrt(n) - 1) / n;
    }

    private double correlation() {
      double neighbours = 0;
      for (int i = 1; i < count(); i++) {
        neighbours += residuals[i] * residuals[i - 1];
      }
      double squares = squares();
      return squares == 0 ? 0 : neighbours / squares;
    }

    private double squares() {
      double squares = 0;
      for (double residual : residuals) {
        squares += residual * residual;
      }
      return squares;
    }

    /**
     * Returns the design effect, including the correlation left between neighbouring blocks. It
     * ignores the correlation of blocks of one second.
     */
    double designEffect() {
      double ofOne = share * (1 - share);
      double variance = squares() * count() / (count() - 1.0) / calls;
      double shared = length == 1 ? 1 : 1 + 2 * Math.max(0, correlation());
      return ofOne > 0 ? variance / ofOne * shared : 1;
    }
  }
}
