/**
 * What a run's figures are worth: gates, the generator's health, and the verdict of both.
 *
 * <p>A run model, the run's facts and the thresholds in; PASS, FAIL or INVALID with its sentences
 * out. It must not know any format, nor Gatling.
 */
package com.soundcore.kcp.verdict;
