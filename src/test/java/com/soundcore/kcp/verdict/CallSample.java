package com.soundcore.kcp.verdict;

import com.soundcore.kcp.statistics.Clustering;
import com.soundcore.kcp.statistics.Proportion;
import java.util.stream.LongStream;

/**
 * A sample of calls, with the number that violate a limit.
 *
 * @param beyond calls that failed or were too slow
 * @param calls sample size
 * @param clustering how the violations cluster in time
 */
public record CallSample(long beyond, long calls, Clustering clustering) {
  /** Creates a sample of independent calls. */
  public CallSample(long beyond, long calls) {
    this(beyond, calls, Clustering.NONE);
  }

  /**
   * A sample by second.
   *
   * @param beyond the limit
   * @param calls as long as {@code beyond}
   */
  static CallSample of(long[] beyond, long[] calls) {
    return new CallSample(
        LongStream.of(beyond).sum(), LongStream.of(calls).sum(), Clustering.of(beyond, calls));
  }

  public double share() {
    return calls == 0 ? 0 : (double) beyond / calls;
  }

  /** Returns the upper confidence bound of the share, clustering included. */
  double upper(double confidence) {
    return effective(clustering.worthToUpper(confidence)).upper(confidence);
  }

  /** Returns the lower confidence bound of the share, clustering included. */
  double lower(double confidence) {
    return effective(clustering.worthToLower(confidence)).lower(confidence);
  }

  private Proportion effective(double worth) {
    return new Proportion(beyond * worth, calls * worth);
  }

  /** Returns a copy with more calls, all of which violate the limit. */
  CallSample withMoreBeyond(long more) {
    return new CallSample(beyond + more, calls + more, clustering);
  }

  /** Returns the sample of a period that is longer by this factor and otherwise alike. */
  CallSample times(double factor) {
    return new CallSample(
        Math.round(beyond * factor), Math.round(calls * factor), clustering.times(factor));
  }

  /** Returns the same counts, treating the calls as independent. */
  CallSample asIndependent() {
    return new CallSample(beyond, calls);
  }
}
