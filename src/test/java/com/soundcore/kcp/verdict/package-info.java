/**
 * What a run's figures are worth: gates, the generator's health, and the verdict of both.
 *
 * <p>A {@link com.soundcore.kcp.verdict.ServiceLevel} is the one owner of "does this limit hold?":
 * a share of calls with its exact bounds, proved, refuted or open. A {@link
 * com.soundcore.kcp.verdict.LevelRule} is the one owner of "did this level of load hold?", for the
 * search that steers and for the report that judges.
 *
 * <p>A run model, the run's facts and the thresholds in; PASS, FAIL or INVALID with its sentences
 * out. It must not know any format, nor Gatling.
 */
package com.soundcore.kcp.verdict;
