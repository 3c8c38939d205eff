package com.soundcore.kcp.result;

/** Receives the records in the order of the log; times are in ms since the run's start. */
public interface LogVisitor {
  default void user(int scenario, boolean start, int atMs) {
    // optional
  }

  /**
   * Receives a request.
   *
   * @param group number of the innermost group's name; 0: no group
   * @param name number of the request's name
   * @param message number of the error message
   */
  void request(int group, int name, int startMs, int endMs, boolean ok, int message);

  /** Receives the end of a group; in this suite each group holds one request. */
  default void group(int group, int startMs, int endMs, int cumulatedMs, boolean ok) {
    // the request has the same data
  }

  /** Receives an error of the generator itself, such as a request that could not be built. */
  default void error(int message, int atMs) {
    // optional
  }
}
