package com.soundcore.kcp.backend.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Pool of simulated connections: only their number is real. */
public final class CountedPool implements ConnectionPool {
  private final Semaphore connections;
  private final int size;
  private final Duration timeout;

  public CountedPool(int size, Duration timeout) {
    this.connections = new Semaphore(size, true);
    this.size = size;
    this.timeout = timeout;
  }

  @Override
  public boolean tryTake() {
    return connections.tryAcquire();
  }

  @Override
  public void take() throws InterruptedException {
    if (!connections.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "connection pool limit of %d reached, timed out after %d ms"
              .formatted(size, timeout.toMillis()));
    }
  }

  @Override
  public void giveBack() {
    connections.release();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int inUse() {
    return size - connections.availablePermits();
  }

  @Override
  public int waiting() {
    return connections.getQueueLength();
  }
}
