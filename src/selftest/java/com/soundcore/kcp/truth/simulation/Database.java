package com.soundcore.kcp.truth.simulation;

import java.util.ArrayDeque;

/** The one database of all services: so many calls at once, the others wait in order. */
final class Database {
  private final int workers;
  private final ArrayDeque<SimulatedCall> waiting = new ArrayDeque<>();
  private int busy;

  Database(int workers) {
    this.workers = workers;
  }

  void receive(SimulatedCall call, long now) {
    if (busy < workers) {
      busy++;
      call.isQueried(now);
    } else {
      waiting.add(call);
    }
  }

  /** It is done with a call. */
  void end(long now) {
    SimulatedCall next = waiting.poll();
    if (next == null) {
      busy--;
    } else {
      next.isQueried(now);
    }
  }
}
