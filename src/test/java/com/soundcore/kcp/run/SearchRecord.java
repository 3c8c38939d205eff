package com.soundcore.kcp.run;

import java.util.List;

/**
 * What a search for the highest rate did.
 *
 * @param answerRps the highest rate that was proved to hold; null where there is none
 * @param brokenRps the lowest rate above it that was refuted; null where none was
 * @param levels every level, in order
 * @param stuckRps the lowest load that the system still failed at when the search ended; null where
 *     it recovered after each level that broke
 * @param unfinished why the search ended without an answer, in words; null where it did not
 * @param lowRps where the interval of the answer begins: the search's precision below the highest
 *     rate that was proved; null where there is none
 */
public record SearchRecord(
    Double answerRps,
    Double brokenRps,
    List<SearchLevel> levels,
    Double stuckRps,
    String unfinished,
    Double lowRps) {
  /** One whose interval begins at its answer. */
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
   * @param confirms whether it was held for longer, as an end of the answer
   * @param held as it was judged when it ended: proved, or, on the way to the answer, not refuted
   * @param why it did not hold, in words; empty where it held
   * @param undecided whether it neither held nor broke; null where an older run does not know
   */
  public record SearchLevel(
      int startSecond,
      int endSecond,
      double rps,
      Boolean confirms,
      boolean held,
      String why,
      Boolean undecided) {
    /** A level that held or broke. */
    public SearchLevel(
        int startSecond, int endSecond, double rps, Boolean confirms, boolean held, String why) {
      this(startSecond, endSecond, rps, confirms, held, why, false);
    }
  }
}
