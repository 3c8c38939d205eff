package com.soundcore.kcp.run;

import java.util.List;

/**
 * What a search for the highest rate did.
 *
 * @param answerRps the highest confirmed rate; null if none was confirmed
 * @param brokenRps the lowest rate above it that broke; null where none did
 * @param levels every level, in order
 * @param stuckRps the lowest load that the system still failed at when the search ended; null where
 *     it recovered after each level that broke
 * @param unfinished why the search ended without an answer, in words; null where it did not
 */
public record SearchRecord(
    Double answerRps,
    Double brokenRps,
    List<SearchLevel> levels,
    Double stuckRps,
    String unfinished) {
  /**
   * A level of a search.
   *
   * @param startSecond of its hold
   * @param endSecond exclusive
   * @param rps over all services
   * @param confirms whether it was held for longer, as the answer
   * @param held as it was judged when it ended
   * @param why it broke, in words; empty where it held
   */
  public record SearchLevel(
      int startSecond, int endSecond, double rps, Boolean confirms, boolean held, String why) {}
}
