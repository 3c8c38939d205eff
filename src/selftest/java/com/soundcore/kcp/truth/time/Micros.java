package com.soundcore.kcp.truth.time;

/** Virtual time is counted in whole microseconds since the load began. */
public final class Micros {
  public static final long MILLI = 1_000;
  public static final long SECOND = 1_000_000;

  private Micros() {}

  public static long ofSeconds(double seconds) {
    return Math.round(seconds * SECOND);
  }

  public static double toSeconds(long micros) {
    return (double) micros / SECOND;
  }

  /** Cut, as a clock of milliseconds does. */
  public static int toMillis(long micros) {
    return (int) (micros / MILLI);
  }
}
