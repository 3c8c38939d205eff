/**
 * What a run measured: its {@code simulation.log}, read as a stream into histograms and a timeline.
 * The only package that knows the bytes of the log.
 *
 * <p>A log is first reduced to counts of calls that are alike, second by second; a {@link
 * com.soundcore.kcp.result.RunModelFile} holds these counts, and those of several injectors add up.
 *
 * <p>A {@link com.soundcore.kcp.result.RunModel} holds the response times of each service,
 * operation, phase and hold as HdrHistograms, and counts by second. Its size grows with the seconds
 * of a run, not with the number of requests.
 */
package com.soundcore.kcp.result;
