package com.soundcore.kcp.backend.fault;

import com.soundcore.kcp.backend.http.Action;

/** What a planted fault does to an answer; runs on threads that may wait. */
public interface FaultEffect {
  /** The answer as it becomes while it holds its database connection. */
  default Action connected(Action action) {
    return action;
  }

  /** The answer as it becomes as a whole. */
  default Action whole(Action action) {
    return action;
  }

  /** There is no answer: the connection is left as it is, or closed. */
  final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean close;

    NoAnswer(boolean close) {
      super("no answer", null, false, false);
      this.close = close;
    }

    public boolean closes() {
      return close;
    }
  }
}
