/**
 * Judges a run: its gates, the generator's health, and the verdict that follows from both.
 *
 * <p>A {@link com.soundcore.kcp.verdict.ServiceLevel} is the one owner of "does this limit hold?".
 * A limit on a share of calls is proved if the upper confidence bound of the share (Clopper and
 * Pearson, 95 %) is inside it. It is refuted if the lower bound is outside, and otherwise
 * undecided. Example: 0 errors in 2,777 calls prove a rate below 0.11 %. A limit of 0.1 % stays
 * undecided, and the gate says so.
 *
 * <p>A saturated generator or an incomplete log makes the run INVALID, whatever its gates show. The
 * package knows neither output formats nor Gatling.
 */
package com.soundcore.kcp.verdict;
