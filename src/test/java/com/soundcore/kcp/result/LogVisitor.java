package com.soundcore.kcp.result;

/** Gets the records, in the order of the log; times are milliseconds since the run's start. */
public interface LogVisitor {
  default void user(int scenario, boolean start, int atMs) {
    // not everybody asks
  }

  /**
   * A request.
   *
   * @param group the number of its innermost group's name, 0 for none
   * @param name the number of its name
   * @param message the number of its error message
   */
  void request(int group, int name, int startMs, int endMs, boolean ok, int message);

  /** A group has ended; each request here is in one of its own. */
  default void group(int group, int startMs, int endMs, int cumulatedMs, boolean ok) {
    // requests say the same
  }

  /** An error of the generator itself, such as a request that could not be built. */
  default void error(int message, int atMs) {
    // not everybody asks
  }
}
