package com.soundcore.kcp.backend.http;

/** A missing row, answered with 404. */
public final class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NotFound(String what, long id) {
    super(what + " with ID " + id + " not found", null, false, false);
  }
}
