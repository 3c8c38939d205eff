package com.soundcore.kcp.run;

/** The outcome of a run, and its exit code. */
public enum Status {
  PASS(0, "All gates held, except those that this plan cannot prove."),
  /** A requirement was measured and not met. */
  FAIL(2, "At least one gate was measured, and missed."),
  /** Nothing was proved: too little was measured, or the generator could not measure. */
  INVALID(3, "Nothing was proved, neither that the system holds nor that it does not."),
  /** The measurement is sound, but too close to a limit for this number of calls. */
  UNDECIDED(4, "The measurement is sound, and too short to decide a limit that it could.");

  private final int exitCode;
  private final String meaning;

  Status(int exitCode, String meaning) {
    this.exitCode = exitCode;
    this.meaning = meaning;
  }

  /** Returns a sentence for first-time readers. */
  public String meaning() {
    return meaning;
  }

  public int exitCode() {
    return exitCode;
  }
}
