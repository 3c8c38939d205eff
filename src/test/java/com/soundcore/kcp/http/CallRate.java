package com.soundcore.kcp.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A limit of calls a second, for single calls one after the other. Of one thread. */
public final class CallRate {
  private final long nanosBetween;
  private long next = System.nanoTime();

  /**
   * @param perSecond above 0
   */
  public CallRate(double perSecond) {
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
