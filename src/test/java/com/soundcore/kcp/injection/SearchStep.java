package com.soundcore.kcp.injection;

/** What a level of a search is for. */
enum SearchStep {
  /** One step above the last that held. */
  CLIMB,
  /** Halfway between what held and what broke. */
  HALVE,
  /** The lower end of the answer: held for longer, until it is proved. */
  CONFIRM,
  /** The upper end of the answer: held for longer, until it is refuted. */
  EXCEED,
  /** So low that what piled up is worked off. */
  RECOVER;

  /** Whether it proves or refutes a level, and does not only show the way. */
  boolean decides() {
    return this == CONFIRM || this == EXCEED;
  }

  /** How its phase begins, such as "hold ". */
  String label(boolean repeating) {
    return switch (this) {
      case CONFIRM -> "confirm ";
      case EXCEED -> "exceed at ";
      case RECOVER -> "recover at ";
      case CLIMB, HALVE -> repeating ? "again " : "hold ";
    };
  }
}
