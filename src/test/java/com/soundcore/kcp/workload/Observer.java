package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.Operation;

/** Watches what virtual users do while they do it. Called by several threads at once. */
public interface Observer {
  /** A user, or a journey of the open model, sets out. */
  void userStarts();

  /** It has come to its end. */
  void userEnds();

  /** A call is sent. */
  void sent(Operation operation);

  /**
   * A call has ended.
   *
   * @param millis as in the log
   * @param ok as in the log
   * @param bytes of its body; 0 where there was none
   * @param wrong what a check found, in words; empty where there was no answer to check
   */
  void answered(Operation operation, int millis, boolean ok, int bytes, String wrong);

  /**
   * The same call, whole: what was sent, and what came.
   *
   * @param call nobody else has it by now
   */
  default void ended(DrawnCall call, int millis, boolean ok) {}

  /** Whether the next answer's time inside the application is wanted: a sample is enough. */
  default boolean wantsInside(Operation operation) {
    return false;
  }

  /**
   * How long the application itself took for an answer, where the answer says so.
   *
   * @param millis without the queues, proxies and networks before it
   */
  default void inside(Operation operation, double millis) {}
}
