package com.soundcore.kcp.config.tests;

/** The two models of load: users that wait for responses, or arrivals that do not. */
public enum Model {
  /**
   * A number of concurrent users. Each waits for its responses, so slow responses reduce the load.
   */
  CLOSED,
  /** An arrival rate that is independent of the responses. */
  OPEN
}
