package com.soundcore.kcp.backend;

import java.time.Duration;
import java.util.function.Supplier;

/** A value that is costly to work out, kept for a short time. */
final class Recent<T> {
  private final Duration maxAge;
  private final Supplier<T> source;
  private T value;
  private long workedOutAt;

  Recent(Duration maxAge, Supplier<T> source) {
    this.maxAge = maxAge;
    this.source = source;
  }

  synchronized T get() {
    long now = System.nanoTime();
    if (value == null || now - workedOutAt > maxAge.toNanos()) {
      value = source.get();
      workedOutAt = now;
    }
    return value;
  }
}
