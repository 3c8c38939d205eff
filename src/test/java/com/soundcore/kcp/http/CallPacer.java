package com.soundcore.kcp.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Limits the calls per second of one thread, which makes them one after the other. */
public final class CallPacer {
  private final long nanosBetween;
  private long next = System.nanoTime();

  /**
   * @param perSecond above 0
   */
  public CallPacer(double perSecond) {
    this.nanosBetween = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  /** Waits for the next call's turn. */
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
