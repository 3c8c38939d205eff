/**
 * What a run measured: its {@code simulation.log}, read as a stream into histograms and a timeline.
 *
 * <p>A run's folder in, a {@link com.soundcore.kcp.result.RunModel} out; memory does not grow with
 * the number of requests. It must not know thresholds: what is good or bad is judged elsewhere.
 */
package com.soundcore.kcp.result;
