package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * How a run is judged.
 *
 * @param settle this much of each hold does not count: the load has only just arrived
 * @param minSamples on fewer requests a percentile or an error rate is not judged
 * @param rateWindow seconds over which the rate of "every second" is taken
 * @param rateWindowTolerance the fraction by which it may be below its plan there
 * @param firstHoldErrors of a test that is meant to exceed the limit: at most this fraction may
 *     fail in its first hold
 * @param confidence of each one-sided bound
 * @param closedConnections the fraction of calls whose connection may be closed without an answer
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
