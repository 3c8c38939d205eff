package com.soundcore.kcp.run;

/** A run that must not start. The message is written for the person who started it. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Refusal(String message) {
    super(message);
  }
}
