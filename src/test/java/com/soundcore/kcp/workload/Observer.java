package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.Operation;

/** An observer of virtual users during the load. Several threads call it at once. */
public interface Observer {
  /** Reports the start of a user, or of a journey in the open model. */
  void userStarts();

  /** Reports the end of a user, or of a journey in the open model. */
  void userEnds();

  /** Reports that a call is sent. */
  void sent(Operation operation);

  /**
   * Reports a finished call.
   *
   * @param millis the response time in the log
   * @param ok the outcome in the log
   * @param bytes the size of the response's body; 0 if there was none
   * @param wrong why a check failed, as a sentence; empty if there was no response to check
   */
  void answered(Operation operation, int millis, boolean ok, int bytes, String wrong);

  /**
   * Reports the same finished call with its request and response.
   *
   * @param call the call, which no other code uses any more
   */
  default void ended(DrawnCall call, int millis, boolean ok) {}

  /**
   * Returns whether the next response's time inside the application is wanted. A sample is enough.
   */
  default boolean wantsInside(Operation operation) {
    return false;
  }

  /**
   * Reports the application's own time for a response, if the response contains it.
   *
   * @param millis the time in ms, without queues, proxies and networks in front of the application
   */
  default void inside(Operation operation, double millis) {}
}
