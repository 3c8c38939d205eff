package com.soundcore.kcp.finding.capacity;

import java.util.List;

/**
 * The answer of a test that looks for the highest load that holds.
 *
 * @param outcome what can be said
 * @param lastHeld the highest level that every service held; null where there was none
 * @param firstBroken the lowest above it that broke; null where there was none
 * @param sentence the answer in words
 */
public record BreakingPoint(Outcome outcome, Level lastHeld, Level firstBroken, String sentence) {

  /** What can be said. */
  public enum Outcome {
    /** It lies between the two levels. */
    FOUND,
    /** Every level held. */
    NOT_FOUND,
    /** Not even the lowest level held. */
    BELOW_FIRST,
    /** A level broke, and the system did not come back at any load that was tried then. */
    NOT_RECOVERED,
    /** The search ended before a level was confirmed. */
    NOT_CONFIRMED,
    /** Not the system but the generator was the limit. */
    GENERATOR
  }

  /**
   * A hold.
   *
   * @param phase its name
   * @param startSecond of the load
   * @param users planned; 0 in the open model
   * @param plannedRps over all services
   * @param achievedRps calls that ended, per second
   * @param held whether every service held
   * @param service the one that failed first; null where none did
   * @param operation its slowest or most failing one
   * @param why in words; empty where it held
   * @param notJudged services with too few calls there to be judged
   * @param sent whether the load was there; where it was not the level says nothing of the system
   */
  public record Level(
      String phase,
      int startSecond,
      long users,
      double plannedRps,
      double achievedRps,
      boolean held,
      String service,
      String operation,
      String why,
      List<String> notJudged,
      boolean sent) {}
}
