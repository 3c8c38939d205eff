package com.soundcore.kcp.verdict.level;

/**
 * Call counts by second, from the log or from a run in progress. Levels are judged by them. A call
 * counts in the second in which it was sent; seconds are those of the load. Counts exist for a
 * service and for an operation ("service / operation"). Calls that were not made, and closed
 * connections, are counted by service only, since their operation is unknown.
 */
public interface CallCounts {
  /** Counts the calls sent. */
  long started(String service, int second);

  /** Counts the calls answered in that second, whenever they were sent. */
  long ended(String service, int second);

  /** Counts the calls sent in that second that are known to have failed. */
  long failed(String service, int second);

  /**
   * Counts the calls sent in that second that have taken at least the service's p95 target,
   * answered or not.
   */
  long slow(String service, int second);

  /**
   * Counts the calls that were due but not made, from one second up to another, which is excluded.
   */
  long shed(String service, int from, int to);

  /**
   * Counts the calls whose connection was closed without an answer, by the second in which they
   * were sent.
   */
  long closed(String service, int from, int to);

  /**
   * Counts closed connections of an address that the service shares with others. Each may belong to
   * any of them.
   */
  long perhapsDropped(String service, int from, int to);
}
