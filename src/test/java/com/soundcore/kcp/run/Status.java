package com.soundcore.kcp.run;

/** The outcome of a run, and its exit code. */
public enum Status {
  PASS(0),
  /** A requirement was measured and not met. */
  FAIL(2),
  /** Nothing was proved: too little was measured, or the generator was not able to measure. */
  INVALID(3);

  private final int exitCode;

  Status(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
