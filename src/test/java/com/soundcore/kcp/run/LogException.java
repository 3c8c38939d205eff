package com.soundcore.kcp.run;

/** A log that cannot be read. The message is written for the person who wants its verdict. */
public final class LogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LogException(String message) {
    super(message);
  }
}
