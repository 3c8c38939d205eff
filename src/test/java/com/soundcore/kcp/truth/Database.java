package com.soundcore.kcp.truth;

import java.util.ArrayDeque;

/** The one database of all services: so many calls at once, the others wait in order. */
final class Database {
  private final int workers;
  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private int busy;

  Database(int workers) {
    this.workers = workers;
  }

  void receive(Call call, long now) {
    if (busy < workers) {
      busy++;
      call.isQueried(now);
    } else {
      waiting.add(call);
    }
  }

  /** It is done with a call. */
  void end(long now) {
    Call next = waiting.poll();
    if (next == null) {
      busy--;
    } else {
      next.isQueried(now);
    }
  }
}
