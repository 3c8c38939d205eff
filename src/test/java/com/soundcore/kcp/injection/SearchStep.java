package com.soundcore.kcp.injection;

/** What a level of a search is for. */
enum SearchStep {
  /** One step above the last that held. */
  CLIMB,
  /** Halfway between what held and what broke. */
  HALVE,
  /** The answer, held for longer. */
  CONFIRM,
  /** So low that what piled up is worked off. */
  RECOVER;

  /** How its phase begins, such as "hold ". */
  String label(boolean repeating) {
    return switch (this) {
      case CONFIRM -> repeating ? "confirm again " : "confirm ";
      case RECOVER -> "recover at ";
      case CLIMB, HALVE -> repeating ? "again " : "hold ";
    };
  }
}
