/**
 * Judges a run: gates, the generator's health, and the verdict of both.
 *
 * <p>A {@link com.soundcore.kcp.verdict.ServiceLevel} is the one owner of "does this limit hold?".
 * A limit on a share of calls is proved where the upper bound of the share (Clopper and Pearson, 95
 * %) is inside it, refuted where the lower bound is outside, and otherwise undecided. Example: 0
 * errors in 2,777 calls show a rate below 0.11 %; a limit of 0.1 % is open, and the gate says so.
 *
 * <p>It must not know any format, nor Gatling.
 */
package com.soundcore.kcp.verdict;
