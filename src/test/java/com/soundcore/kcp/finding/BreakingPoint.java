package com.soundcore.kcp.finding;

/**
 * Where the system began to give way.
 *
 * @param outcome what can be said
 * @param lastHeld the highest level at which every service held; null where there was none
 * @param firstBroken the lowest at which one did not; null where there was none
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
    /** Not the system but the generator gave way. */
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
   * @param service the one that gave in first; null where none did
   * @param operation its slowest or most failing one
   * @param why in words; empty where it held
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
      String why) {}
}
