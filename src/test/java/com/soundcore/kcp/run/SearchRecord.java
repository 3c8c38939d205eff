package com.soundcore.kcp.run;

import java.util.List;

/**
 * The course of a search for the highest rate.
 *
 * @param answerRps the highest rate that was proved to hold; null if no rate was
 * @param brokenRps the lowest rate above it that was refuted; null if no rate was
 * @param levels every level, in order
 * @param stuckRps the lowest load that the system still failed at when the search ended; null if it
 *     recovered after each level that broke
 * @param unfinished why the search ended without an answer, in words; null if it has one
 * @param lowRps lower end of the answer's interval: the search's precision below the highest rate
 *     that was proved; null if no rate was
 */
public record SearchRecord(
    Double answerRps,
    Double brokenRps,
    List<SearchLevel> levels,
    Double stuckRps,
    String unfinished,
    Double lowRps) {
  /** Creates a record with an interval that begins at its answer. */
  public SearchRecord(
      Double answerRps,
      Double brokenRps,
      List<SearchLevel> levels,
      Double stuckRps,
      String unfinished) {
    this(answerRps, brokenRps, levels, stuckRps, unfinished, answerRps);
  }

  /**
   * A level of a search.
   *
   * @param startSecond of its hold
   * @param endSecond exclusive
   * @param rps over all services
   * @param confirms whether it was held for longer, as an end of the answer's interval
   * @param held as judged when it ended: proved, or, on the way to the answer, not refuted
   * @param why it did not hold, in words; empty if it held
   * @param undecided whether it neither held nor broke; null if an older run did not record it
   */
  public record SearchLevel(
      int startSecond,
      int endSecond,
      double rps,
      Boolean confirms,
      boolean held,
      String why,
      Boolean undecided) {
    /** Creates a level that held or broke. */
    public SearchLevel(
        int startSecond, int endSecond, double rps, Boolean confirms, boolean held, String why) {
      this(startSecond, endSecond, rps, confirms, held, why, false);
    }
  }
}
