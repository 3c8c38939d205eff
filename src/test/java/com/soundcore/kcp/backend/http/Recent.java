package com.soundcore.kcp.backend.http;

import java.time.Duration;
import java.util.function.Supplier;

/** A value that is expensive to compute, cached for a short time. */
public final class Recent<T> {
  private final Duration maxAge;
  private final Supplier<T> source;
  private T value;
  private long workedOutAt;

  public Recent(Duration maxAge, Supplier<T> source) {
    this.maxAge = maxAge;
    this.source = source;
  }

  public synchronized T get() {
    long now = System.nanoTime();
    if (value == null || now - workedOutAt > maxAge.toNanos()) {
      value = source.get();
      workedOutAt = now;
    }
    return value;
  }
}
