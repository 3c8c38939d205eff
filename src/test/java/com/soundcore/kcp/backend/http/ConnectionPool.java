package com.soundcore.kcp.backend.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A service's bounded pool of database connections: who finds none waits, but not for ever. */
public final class ConnectionPool {
  private final Semaphore connections;
  private final int size;
  private final Duration timeout;

  public ConnectionPool(int size, Duration timeout) {
    this.connections = new Semaphore(size, true);
    this.size = size;
    this.timeout = timeout;
  }

  /** A connection at once, or none. */
  public boolean tryTake() {
    return connections.tryAcquire();
  }

  /** A connection within the timeout; blocks the thread until then. */
  public void take() throws InterruptedException {
    if (!connections.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "connection pool limit of %d reached, timed out after %d ms"
              .formatted(size, timeout.toMillis()));
    }
  }

  public void giveBack() {
    connections.release();
  }

  public int size() {
    return size;
  }

  public int inUse() {
    return size - connections.availablePermits();
  }

  public int waiting() {
    return connections.getQueueLength();
  }
}
