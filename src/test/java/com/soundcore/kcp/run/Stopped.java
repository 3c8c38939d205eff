package com.soundcore.kcp.run;

/**
 * The load was stopped before its planned end.
 *
 * @param second of the load
 * @param why in a sentence
 * @param reason whose doing it was; what an earlier version of this suite wrote is the system's
 */
public record Stopped(int second, String why, Reason reason) {
  /** Whose doing it was that the load was stopped. */
  public enum Reason {
    /** What was measured could not get better any more. */
    SYSTEM,
    /** The generator's machine was used up: nothing that was measured since says anything. */
    GENERATOR
  }

  public Stopped {
    reason = reason == null ? Reason.SYSTEM : reason;
  }

  /** A stop that is the system's doing. */
  public Stopped(int second, String why) {
    this(second, why, Reason.SYSTEM);
  }

  /** Whether the generator measured itself. */
  public boolean isByGenerator() {
    return reason == Reason.GENERATOR;
  }
}
