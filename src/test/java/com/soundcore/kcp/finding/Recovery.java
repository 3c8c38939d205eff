package com.soundcore.kcp.finding;

/**
 * How a service came back from a peak.
 *
 * @param service whose it is
 * @param outcome what happened
 * @param peakEndSecond when the peak was over
 * @param loadBackSecond when the load was back at a level that had held before the peak
 * @param seconds from then until it was as before, and stayed so; null where it did not recover
 * @param beforeP95Ms before the peak
 * @param peakP95Ms within it
 * @param peakErrorRate within it, a fraction
 * @param collapsed whether it failed most of its calls in the peak, or was down for some of it
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

  /** What happened. */
  public enum Outcome {
    /** The peak did not change it. */
    UNAFFECTED,
    RECOVERED,
    NOT_RECOVERED
  }
}
