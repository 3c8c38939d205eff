package com.soundcore.kcp.verdict;

import com.soundcore.kcp.statistics.Clustering;
import com.soundcore.kcp.statistics.Proportion;

/**
 * A sample of calls, and the number beyond a limit.
 *
 * @param beyond that failed, or took too long
 * @param calls sample size
 * @param clustering how those beyond the limit cluster in time
 */
public record CallSample(long beyond, long calls, Clustering clustering) {
  /** A sample of independent calls. */
  public CallSample(long beyond, long calls) {
    this(beyond, calls, Clustering.NONE);
  }

  public double share() {
    return calls == 0 ? 0 : (double) beyond / calls;
  }

  /** Returns the largest share that is still likely, clustering included. */
  double upper(double confidence) {
    return effective(clustering.worthToUpper(confidence)).upper(confidence);
  }

  /** Returns the smallest share that is still likely, clustering included. */
  double lower(double confidence) {
    return effective(clustering.worthToLower(confidence)).lower(confidence);
  }

  private Proportion effective(double worth) {
    return new Proportion(beyond * worth, calls * worth);
  }

  /** Returns a copy with more calls, all of them beyond the limit. */
  CallSample withMoreBeyond(long more) {
    return new CallSample(beyond + more, calls + more, clustering);
  }

  /** Returns the sample of a stretch that is longer by this factor and otherwise alike. */
  CallSample times(double factor) {
    return new CallSample(
        Math.round(beyond * factor), Math.round(calls * factor), clustering.times(factor));
  }

  /** Returns the same counts, as if the calls were independent of each other. */
  CallSample asIndependent() {
    return new CallSample(beyond, calls);
  }
}
