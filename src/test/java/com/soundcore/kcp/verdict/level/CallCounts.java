package com.soundcore.kcp.verdict.level;

/**
 * Calls second by second, of the log or of a run that still runs: what a level is judged by. A call
 * counts in the second in which it was sent; seconds are those of the load. What is asked of a
 * service may be asked of one of its operations, too ("service / operation"), but for calls that
 * were not made and connections that were closed: whose they were is not known.
 */
public interface CallCounts {
  /** Calls that were sent. */
  long started(String service, int second);

  /** Calls whose answer came in that second, whenever they were sent. */
  long ended(String service, int second);

  /** Calls that were sent then and failed, as far as that is known. */
  long failed(String service, int second);

  /**
   * Calls that were sent then and have taken at least as long as the service's p95 target, answered
   * or not.
   */
  long slow(String service, int second);

  /** Calls that were due from one second up to another and were not made. */
  long shed(String service, int from, int to);

  /** Calls sent from one second up to another whose connection was closed without an answer. */
  long closed(String service, int from, int to);

  /** The same of those that may be its own or those of others behind the same address. */
  long perhapsDropped(String service, int from, int to);
}
