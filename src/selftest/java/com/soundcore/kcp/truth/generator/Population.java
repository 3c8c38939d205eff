package com.soundcore.kcp.truth.generator;

/** Users that come by the same plan. */
public interface Population {
  /** The number of its scenario in the log. */
  int scenario();

  /** How long the next user thinks before it is done; only in the closed model. */
  default long thinkMicros() {
    return 0;
  }

  /** One of its users is done. */
  default void ended(long now) {
    // in the open model others do not wait for it
  }
}
