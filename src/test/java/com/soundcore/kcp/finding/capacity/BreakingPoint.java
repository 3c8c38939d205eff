package com.soundcore.kcp.finding.capacity;

import java.util.List;

/**
 * The answer of a test that looks for the highest load that holds.
 *
 * @param outcome what can be said
 * @param lastHeld the highest level that every service held; null where there was none
 * @param firstBroken the lowest above it that broke; null where there was none
 * @param interval where a search found that the limit lies; null where it proved no level
 * @param sentence the answer in words
 */
public record BreakingPoint(
    Outcome outcome, Level lastHeld, Level firstBroken, Interval interval, String sentence) {

  /** The same in other words. */
  BreakingPoint with(String words) {
    return new BreakingPoint(outcome, lastHeld, firstBroken, interval, words);
  }

  /**
   * Where the limit lies.
   *
   * @param lowRps the search's precision below the highest rate that was proved to hold, over all
   *     services
   * @param highRps the lowest above it that was refuted; null where none was
   * @param confidence of both ends together, in percent
   */
  public record Interval(double lowRps, Double highRps, double confidence) {}

  /** What can be said. */
  public enum Outcome {
    /** It lies between the two levels; above the first where no level was refuted. */
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
   * @param held whether every service was proved to hold
   * @param service the one that failed first; null where none did
   * @param operation its slowest or most failing one
   * @param why in words; empty where it held
   * @param notJudged services with too few calls there to be judged
   * @param sent whether the load was there; where it was not the level says nothing of the system
   * @param undecided whether it neither held nor broke: not every limit was proved, none refuted
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
      boolean sent,
      boolean undecided) {
    /** Whether a limit was refuted. */
    boolean broke() {
      return !held && !undecided;
    }
  }
}
