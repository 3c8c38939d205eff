package com.soundcore.kcp.run;

/** Error for a log that cannot be read. Its message addresses the user who wants the verdict. */
public final class LogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LogException(String message) {
    super(message);
  }
}
