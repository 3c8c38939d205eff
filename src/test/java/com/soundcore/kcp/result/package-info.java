/**
 * The measurements of a run: its {@code simulation.log}, streamed into histograms and a timeline.
 * No other package knows the format of the log.
 *
 * <p>A log is first reduced to counts of equal calls, second by second. A {@link
 * com.soundcore.kcp.result.RunModelFile} holds these counts; those of several injectors add up.
 *
 * <p>A {@link com.soundcore.kcp.result.RunModel} holds the response times of each service,
 * operation, phase and hold as HdrHistograms, and counts by second. Its size grows with the seconds
 * of a run, not with the number of requests.
 */
package com.soundcore.kcp.result;
