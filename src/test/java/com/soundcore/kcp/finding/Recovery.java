package com.soundcore.kcp.finding;

/**
 * The recovery of a service from a peak.
 *
 * @param service the service
 * @param outcome the result
 * @param peakEndSecond second in which the peak ended
 * @param loadBackSecond second in which the load returned to a level that had held before the peak
 * @param seconds from then until the service was as before, and stayed so; null if it did not
 *     recover
 * @param beforeP95Ms p95 before the peak
 * @param peakP95Ms p95 in the peak
 * @param peakErrorRate error rate in the peak, a fraction
 * @param collapsed whether most calls failed in the peak, or the service was down during it
 * @param sentence in words
 */
public record Recovery(
    String service,
    Outcome outcome,
    int peakEndSecond,
    int loadBackSecond,
    Integer seconds,
    double beforeP95Ms,
    double peakP95Ms,
    double peakErrorRate,
    boolean collapsed,
    String sentence) {

  /** The result of a recovery. */
  public enum Outcome {
    /** The peak did not change the service. */
    UNAFFECTED,
    RECOVERED,
    NOT_RECOVERED
  }
}
