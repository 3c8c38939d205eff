package com.soundcore.kcp.result;

/**
 * Receives a run's measurements as counts; equal calls of a second come as one. Seconds count from
 * the start of the load.
 */
interface CountVisitor {
  /**
   * Calls of one operation.
   *
   * @param service its service
   * @param request "service / operation"
   */
  record Call(String service, String request) {}

  /** Receives the number of users that started and that ended in a second. */
  void users(int second, int started, int ended);

  /**
   * Receives the number of equal calls.
   *
   * @param second in which the calls started
   * @param endSecond in which the calls ended
   * @param millis response time in ms
   * @param count number of such calls
   */
  void calls(Call call, int second, int endSecond, int millis, boolean ok, int count);

  /**
   * Receives the number of failed calls with the same message; {@link #calls} also counts them.
   *
   * @param second in which the calls started
   * @param firstMs start of the first call, in ms since the start of the load
   */
  default void errors(Call call, String message, int second, int firstMs, int count) {
    // optional
  }

  /** Receives errors of the generator itself: calls that were never sent. */
  default void generatorErrors(String message, int count) {
    // optional
  }
}
