package com.soundcore.kcp.config.tests;

/** How load is measured out. */
public enum Model {
  /** A number of concurrent users, each waiting for its answers: slow answers slow the load. */
  CLOSED,
  /** An arrival rate that does not wait for anybody. */
  OPEN
}
