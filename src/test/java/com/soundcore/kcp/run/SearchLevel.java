package com.soundcore.kcp.run;

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
