package com.soundcore.kcp.backend;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A service's bounded pool of database connections: who finds none waits, but not for ever. */
final class ConnectionPool {
  private final Semaphore connections;
  private final int size;
  private final Duration timeout;

  ConnectionPool(int size, Duration timeout) {
    this.connections = new Semaphore(size, true);
    this.size = size;
    this.timeout = timeout;
  }

  /** A connection at once, or none. */
  boolean tryTake() {
    return connections.tryAcquire();
  }

  /** A connection within the timeout; blocks the thread until then. */
  void take() throws InterruptedException {
    if (!connections.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "connection pool limit of %d reached, timed out after %d ms"
              .formatted(size, timeout.toMillis()));
    }
  }

  void giveBack() {
    connections.release();
  }

  int size() {
    return size;
  }

  int inUse() {
    return size - connections.availablePermits();
  }

  int waiting() {
    return connections.getQueueLength();
  }
}
