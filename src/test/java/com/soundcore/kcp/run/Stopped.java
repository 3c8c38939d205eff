package com.soundcore.kcp.run;

/**
 * A stop of the load before its planned end.
 *
 * @param second of the load
 * @param why in a sentence
 * @param reason the side that caused it; the system if an earlier version of this suite wrote it
 */
public record Stopped(int second, String why, Reason reason) {
  /** The side that caused the stop. */
  public enum Reason {
    /** The result could no longer improve. */
    SYSTEM,
    /** The generator's machine was exhausted: later measurements are meaningless. */
    GENERATOR
  }

  public Stopped {
    reason = reason == null ? Reason.SYSTEM : reason;
  }

  /** Creates a stop that the system caused. */
  public Stopped(int second, String why) {
    this(second, why, Reason.SYSTEM);
  }

  /** Returns whether the generator caused the stop, so that it measured itself. */
  public boolean isByGenerator() {
    return reason == Reason.GENERATOR;
  }
}
