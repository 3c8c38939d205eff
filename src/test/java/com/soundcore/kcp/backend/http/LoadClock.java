package com.soundcore.kcp.backend.http;

import java.util.concurrent.TimeUnit;

/** Time since the start of the load, by which faults are timed. */
public final class LoadClock {
  private static final long NOT_YET = -1;

  private volatile boolean started;
  private volatile long startNanos;

  public void start() {
    startNanos = System.nanoTime();
    started = true;
  }

  /** Returns the time in ms; negative before the load. */
  public long millis() {
    return started ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos) : NOT_YET;
  }
}
