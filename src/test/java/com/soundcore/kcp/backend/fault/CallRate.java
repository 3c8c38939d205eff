package com.soundcore.kcp.backend.fault;

import java.util.concurrent.TimeUnit;

/** Counter of calls per second against a sustainable rate. */
final class CallRate {
  // Far enough in the past for any duration to be added.
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final double borne;
  private long second;
  private long calls;
  private boolean wasAbove;
  private long wasAboveAtNanos = NEVER;

  /**
   * @param borne sustainable calls per second
   */
  CallRate(double borne) {
    this.borne = borne;
  }

  /** Counts a call. Returns whether the last whole second or the current one has too many. */
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

  /** Returns when the last second with too many calls ended, by {@code System.nanoTime}. */
  synchronized long wasAboveAtNanos() {
    return wasAboveAtNanos;
  }
}
