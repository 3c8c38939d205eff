package com.soundcore.kcp.backend;

import java.time.Duration;
import java.util.function.Supplier;

/** A value that is costly to work out, kept for a short time. */
final class Recent<T> {
  /** How far search and analytics may lag behind a write. */
  static final Duration MAX_AGE = Duration.ofMillis(100);

  private final Supplier<T> source;
  private T value;
  private long workedOutAt;

  Recent(Supplier<T> source) {
    this.source = source;
  }

  synchronized T get() {
    long now = System.nanoTime();
    if (value == null || now - workedOutAt > MAX_AGE.toNanos()) {
      value = source.get();
      workedOutAt = now;
    }
    return value;
  }
}
