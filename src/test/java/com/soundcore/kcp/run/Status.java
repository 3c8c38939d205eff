package com.soundcore.kcp.run;

/** The outcome of a run, and its exit code. */
public enum Status {
  PASS(0, "All gates held, except those that this plan cannot prove."),
  /** A requirement was measured and not met. */
  FAIL(2, "At least one gate was measured, and missed."),
  /** Nothing was proved: too little was measured, or the generator was not able to measure. */
  INVALID(3, "Nothing was proved, neither that the system holds nor that it does not."),
  /** What was measured is sound, and lies too near a limit for so few calls. */
  UNDECIDED(4, "The measurement is sound, and too short to decide a limit that it could.");

  private final int exitCode;
  private final String meaning;

  Status(int exitCode, String meaning) {
    this.exitCode = exitCode;
    this.meaning = meaning;
  }

  /** A sentence for those who see it for the first time. */
  public String meaning() {
    return meaning;
  }

  public int exitCode() {
    return exitCode;
  }
}
