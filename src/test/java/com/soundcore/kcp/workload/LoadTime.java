package com.soundcore.kcp.workload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The clock of the load. It starts with the first user, like the seconds of the log, and is never
 * adjusted. All counts by second use it.
 */
public final class LoadTime {
  private static final long NOT_YET = Long.MIN_VALUE;

  private final LongSupplier nanoTime;
  private final AtomicLong startNanos = new AtomicLong(NOT_YET);

  public LoadTime() {
    this(System::nanoTime);
  }

  /**
   * A clock that others set.
   *
   * @param nanoTime never goes back
   */
  public LoadTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Records a user's start. The first one starts the clock. */
  public void userStarts() {
    if (startNanos.get() == NOT_YET) {
      startNanos.compareAndSet(NOT_YET, nanoTime.getAsLong());
    }
  }

  /** Returns whether the first user has started. */
  public boolean isRunning() {
    return startNanos.get() != NOT_YET;
  }

  /** Returns the time since the first user started, in ms; 0 before. */
  public long millis() {
    long start = startNanos.get();
    return start == NOT_YET ? 0 : TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start);
  }

  /** Returns the current second of the load, from 0. */
  public int second() {
    return (int) (millis() / 1000);
  }
}
