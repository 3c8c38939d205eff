package com.soundcore.kcp.backend.fault;

import java.util.concurrent.TimeUnit;

/** Calls per second, counted against a rate that is still borne. */
final class CallRate {
  // Far enough away for any duration to be added.
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final double borne;
  private long second;
  private long calls;
  private boolean wasAbove;
  private long wasAboveAtNanos = NEVER;

  /**
   * @param borne calls per second
   */
  CallRate(double borne) {
    this.borne = borne;
  }

  /** Counts a call; whether there were too many in the last whole second, or are in this one. */
  synchronized boolean isAbove() {
    long now = System.nanoTime();
    long current = TimeUnit.NANOSECONDS.toSeconds(now);
    if (current != second) {
      wasAbove = current == second + 1 && calls > borne;
      if (wasAbove) {
        wasAboveAtNanos = now;
      }
      second = current;
      calls = 0;
    }
    calls++;
    return wasAbove || calls > borne;
  }

  /** When the last second with too many calls was over, by {@code System.nanoTime}. */
  synchronized long wasAboveAtNanos() {
    return wasAboveAtNanos;
  }
}
