/**
 * Compares a run with earlier ones: is a metric worse, better, or within the noise?
 *
 * <p>The noise within a run is that of its blocks of steady seconds; the noise between runs that of
 * several baselines. Only a difference larger than both, and larger than what matters, counts.
 */
package com.soundcore.kcp.verdict.comparison;
