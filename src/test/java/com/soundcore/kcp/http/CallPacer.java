package com.soundcore.kcp.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A rate limit for the sequential calls of one thread. Not thread-safe. */
public final class CallPacer {
  private final long nanosBetween;
  private long next = System.nanoTime();

  /**
   * @param perSecond the highest rate, in calls per second; above 0
   */
  public CallPacer(double perSecond) {
    this.nanosBetween = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  /** Waits until the next call is due. Returns early if the thread is interrupted. */
  public void await() {
    for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    next = Math.max(next, System.nanoTime()) + nanosBetween;
  }
}
