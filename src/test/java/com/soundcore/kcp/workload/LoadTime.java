package com.soundcore.kcp.workload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock of the load: it starts with the first user, as the log's seconds do, and is never set.
 * Everything that is counted by second is counted by it.
 */
public final class LoadTime {
  private static final long NOT_YET = Long.MIN_VALUE;

  private final AtomicLong startNanos = new AtomicLong(NOT_YET);

  /** A user sets out; the first one starts the clock. */
  public void userStarts() {
    if (startNanos.get() == NOT_YET) {
      startNanos.compareAndSet(NOT_YET, System.nanoTime());
    }
  }

  /** Whether a user has set out. */
  public boolean isRunning() {
    return startNanos.get() != NOT_YET;
  }

  /** Milliseconds since the first user set out; 0 before. */
  public long millis() {
    long start = startNanos.get();
    return start == NOT_YET ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** The second of the load that runs now, from 0. */
  public int second() {
    return (int) (millis() / 1000);
  }
}
