package com.soundcore.kcp.truth.time;

/**
 * How Gatling lets several users come evenly within a second: so many in each of its milliseconds,
 * with the rounding of its own arithmetic.
 */
public final class EvenSecond {
  private static final int MILLIS = 1000;

  private EvenSecond() {}

  /**
   * When one of them comes, in microseconds since the second began.
   *
   * @param number which one, from 0
   * @param count of all
   */
  public static long micros(long number, long count) {
    long milli = number * MILLIS / count;
    if (milli > 0 && Math.ceil((double) count / MILLIS * milli) > number) {
      milli--;
    }
    return milli * Micros.MILLI;
  }
}
