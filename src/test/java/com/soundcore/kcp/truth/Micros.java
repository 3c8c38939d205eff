package com.soundcore.kcp.truth;

/** Virtual time is counted in whole microseconds since the load began. */
final class Micros {
  static final long MILLI = 1_000;
  static final long SECOND = 1_000_000;

  private Micros() {}

  static long ofSeconds(double seconds) {
    return Math.round(seconds * SECOND);
  }

  static double toSeconds(long micros) {
    return (double) micros / SECOND;
  }

  /** Cut, as a clock of milliseconds does. */
  static int toMillis(long micros) {
    return (int) (micros / MILLI);
  }
}
