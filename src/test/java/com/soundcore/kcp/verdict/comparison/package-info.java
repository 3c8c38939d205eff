/**
 * Compares a run with earlier ones: is a metric worse, better, or within the noise?
 *
 * <p>The comparison refuses runs that are not alike: another test, environment, machine or amount
 * of data. The blocks of a run's steady seconds show the noise within a run, and several baselines
 * show the noise between runs. Only a difference that exceeds both, and the smallest difference
 * that matters, counts. Comparisons are reported with the verdict and do not change it.
 */
package com.soundcore.kcp.verdict.comparison;
