package com.soundcore.kcp.backend.http;

/**
 * A service's bounded pool of database connections. Without a free connection, a call waits up to a
 * timeout.
 */
public interface ConnectionPool {
  /** Takes a connection without waiting. Returns whether one was free. */
  boolean tryTake();

  /**
   * Takes a connection within the timeout. Blocks the thread until then.
   *
   * @throws IllegalStateException if none became free
   */
  void take() throws InterruptedException;

  /** Returns this thread's connection to the pool. */
  void giveBack();

  int size();

  int inUse();

  int waiting();
}
