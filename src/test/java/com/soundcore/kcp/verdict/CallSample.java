package com.soundcore.kcp.verdict;

import com.soundcore.kcp.statistics.Proportion;

/**
 * A sample of calls, and the number beyond a limit.
 *
 * @param beyond that failed, or took too long
 * @param calls sample size
 * @param designEffect number of calls that carry as much information as one independent call; at
 *     least 1
 */
public record CallSample(long beyond, long calls, double designEffect) {
  /** Whose calls say as much as independent ones. */
  public CallSample(long beyond, long calls) {
    this(beyond, calls, 1);
  }

  public double share() {
    return calls == 0 ? 0 : (double) beyond / calls;
  }

  /** The largest share that is still likely, clustering included. */
  double upper(double confidence) {
    return new Proportion(beyond / designEffect, calls / designEffect).upper(confidence);
  }

  /** The smallest share that is still likely, clustering included. */
  double clusteredLower(double confidence) {
    return new Proportion(beyond / designEffect, calls / designEffect).lower(confidence);
  }

  /** The smallest share that is still likely, of calls that say as much as independent ones. */
  double lower(double confidence) {
    return new Proportion(beyond, calls).lower(confidence);
  }
}
