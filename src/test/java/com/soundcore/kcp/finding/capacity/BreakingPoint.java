package com.soundcore.kcp.finding.capacity;

import java.util.List;

/**
 * The answer of a test that looks for the highest load that holds.
 *
 * @param outcome the kind of answer
 * @param lastHeld the highest level that every service held; null if none did
 * @param firstBroken the lowest level above it that broke; null if none did
 * @param interval where the limit lies according to a search; null if it proved no level
 * @param sentence the answer in words
 */
public record BreakingPoint(
    Outcome outcome, Level lastHeld, Level firstBroken, Interval interval, String sentence) {

  /** Returns a copy with another sentence. */
  BreakingPoint with(String words) {
    return new BreakingPoint(outcome, lastHeld, firstBroken, interval, words);
  }

  /**
   * The interval in which the limit lies, as rates of all services together.
   *
   * @param lowRps the search's precision below the highest rate that was proved to hold
   * @param highRps the lowest rate above it that was refuted; null if none was
   * @param confidence of both ends together, in percent
   */
  public record Interval(double lowRps, Double highRps, double confidence) {}

  /** The kind of answer. */
  public enum Outcome {
    /** The limit lies between the two levels; above the first if no level was refuted. */
    FOUND,
    /** Every level held. */
    NOT_FOUND,
    /** Not even the lowest level held. */
    BELOW_FIRST,
    /** A level broke, and the system did not recover at any load that was tried afterwards. */
    NOT_RECOVERED,
    /** The search ended before a level was confirmed. */
    NOT_CONFIRMED,
    /** The generator was the limit, not the system. */
    GENERATOR
  }

  /**
   * A hold, judged as a load level.
   *
   * @param phase its name
   * @param startSecond second of the load in which it begins
   * @param users planned users; 0 in the open model
   * @param plannedRps planned rate of all services
   * @param achievedRps calls that ended, per second
   * @param held whether every service was proved to hold
   * @param service the service that failed first; null if none did
   * @param operation its operation with the highest p95 or the most failures
   * @param why in words; empty if the level held
   * @param notJudged services with too few calls in this hold
   * @param sent whether the planned load was sent; if not, the level does not reflect the system
   * @param undecided whether the level neither held nor broke: not every limit was proved, none
   *     refuted
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
    /** Returns whether a limit was refuted. */
    boolean broke() {
      return !held && !undecided;
    }
  }
}
