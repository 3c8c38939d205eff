package com.soundcore.kcp.result;

/** Gets what a run measured as counts: calls alike in a second are one. Seconds are the load's. */
interface CountVisitor {
  /**
   * Calls of one operation.
   *
   * @param service its service
   * @param request "service / operation"
   */
  record Call(String service, String request) {}

  /** Users that set out, and users that came to their end, in a second. */
  void users(int second, int started, int ended);

  /**
   * Calls that are alike.
   *
   * @param second in which they started
   * @param endSecond in which they ended
   * @param millis their response time
   * @param count how many
   */
  void calls(Call call, int second, int endSecond, int millis, boolean ok, int count);

  /**
   * Failed calls with the same message; they are also among the calls.
   *
   * @param second in which they started
   * @param firstMs start of the first call, in ms of the load
   */
  default void errors(Call call, String message, int second, int firstMs, int count) {
    // not everybody asks
  }

  /** Errors of the generator itself: calls that were never sent. */
  default void generatorErrors(String message, int count) {
    // not everybody asks
  }
}
