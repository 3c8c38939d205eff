package com.soundcore.kcp.backend.http;

/** A service's bounded pool of database connections: who finds none waits, but not for ever. */
public interface ConnectionPool {
  /** A connection at once, or none. */
  boolean tryTake();

  /**
   * A connection within the timeout; blocks the thread until then.
   *
   * @throws IllegalStateException where there was none
   */
  void take() throws InterruptedException;

  /** Gives back what this thread took. */
  void giveBack();

  int size();

  int inUse();

  int waiting();
}
