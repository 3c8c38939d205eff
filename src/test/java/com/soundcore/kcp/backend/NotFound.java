package com.soundcore.kcp.backend;

/** A row that is not there: answered with 404. */
final class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotFound(String what, long id) {
    super(what + " with ID " + id + " not found", null, false, false);
  }
}
