package com.soundcore.kcp.backend.fault;

import com.soundcore.kcp.backend.http.Action;

/** The effect of a planted fault on an answer. It runs on threads that may block. */
public interface FaultEffect {
  /** Changes the part of an answer that holds a database connection. */
  default Action connected(Action action) {
    return action;
  }

  /** Changes a whole answer. */
  default Action whole(Action action) {
    return action;
  }

  /** Signal that there is no answer. The connection stays open or is closed. */
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
