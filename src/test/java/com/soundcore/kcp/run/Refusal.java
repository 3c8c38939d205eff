package com.soundcore.kcp.run;

/** Error for a run that must not start. Its message addresses the user who started it. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Refusal(String message) {
    super(message);
  }
}
