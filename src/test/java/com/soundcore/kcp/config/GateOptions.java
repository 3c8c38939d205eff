package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * The rules by which gates judge a run.
 *
 * @param settle the beginning of each hold that does not count, because the load has just arrived
 * @param minSamples with fewer requests, a percentile or an error rate is not judged
 * @param rateWindow the window in which a service must get its planned rate
 * @param rateWindowTolerance the fraction by which the rate in a window may be below its plan
 * @param firstHoldErrors the highest error rate in the first hold of a test that is meant to exceed
 *     the limit
 * @param confidence the confidence of each one-sided bound
 * @param closedConnections the fraction of calls whose connection may be closed without a response
 * @param usersTolerance the fraction by which concurrent users may be below their plan
 */
public record GateOptions(
    Duration settle,
    long minSamples,
    Duration rateWindow,
    double rateWindowTolerance,
    double usersTolerance,
    double firstHoldErrors,
    double confidence,
    double closedConnections) {}
