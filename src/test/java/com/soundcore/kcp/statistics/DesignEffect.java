package com.soundcore.kcp.statistics;

/**
 * How much less a call says where calls fail or are slow together: the variance of their share over
 * blocks of time, beside that of independent calls (L. Kish, 1965). So many times more calls are
 * needed for the same certainty.
 */
public final class DesignEffect {
  private static final int[] BLOCK_SECONDS = {1, 3, 10};
  private static final int FEWEST_BLOCKS = 8;

  private DesignEffect() {}

  /**
   * The largest over blocks of several lengths, since bursts have lengths of their own.
   *
   * @param hits of each second
   * @param calls of each second
   * @return at least 1
   */
  public static double of(long[] hits, long[] calls) {
    double largest = 1;
    for (int length : BLOCK_SECONDS) {
      if (hits.length / length >= FEWEST_BLOCKS) {
        largest = Math.max(largest, ofBlocks(hits, calls, length));
      }
    }
    return largest;
  }

  private static double ofBlocks(long[] hits, long[] calls, int length) {
    double allHits = 0;
    double allCalls = 0;
    int blocks = hits.length / length;
    for (int i = 0; i < blocks * length; i++) {
      allHits += hits[i];
      allCalls += calls[i];
    }
    double share = allHits / allCalls;
    if (!(share > 0 && share < 1)) {
      return 1;
    }
    double squares = 0;
    for (int block = 0; block < blocks; block++) {
      double blockHits = 0;
      double blockCalls = 0;
      for (int i = block * length; i < (block + 1) * length; i++) {
        blockHits += hits[i];
        blockCalls += calls[i];
      }
      squares += Math.pow(blockHits - share * blockCalls, 2);
    }
    double variance = squares * blocks / (blocks - 1.0) / allCalls;
    return variance / (share * (1 - share));
  }
}
