package com.soundcore.kcp.injection;

/** The purpose of a level in a search. */
enum SearchStep {
  /** One step above the last level that held. */
  CLIMB,
  /** Halfway between the last level that held and the level that broke. */
  HALVE,
  /** The lower end of the answer: a longer hold to prove the level. */
  CONFIRM,
  /** The upper end of the answer: a longer hold to refute the level. */
  EXCEED,
  /** Low enough to drain the backlog. */
  RECOVER;

  /** Returns whether this step proves or refutes a level. The others only find the region. */
  boolean decides() {
    return this == CONFIRM || this == EXCEED;
  }

  /** Returns the prefix of the phase's name, such as "hold ". */
  String label(boolean repeating) {
    return switch (this) {
      case CONFIRM -> "confirm ";
      case EXCEED -> "exceed at ";
      case RECOVER -> "recover at ";
      case CLIMB, HALVE -> repeating ? "again " : "hold ";
    };
  }
}
