package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * When a run counts as worse than its baseline.
 *
 * @param share a smaller relative difference is none
 * @param minDifference a smaller difference of response times is none
 * @param errorDifference a smaller difference of error rates is none
 * @param dataDifference runs whose amounts of data differ by a larger share are not compared
 * @param significance of the rank test: a difference that chance brings about more often is none
 * @param betweenRuns how far a figure differs between runs of the same system (relative standard
 *     deviation), as long as too few baselines show it
 * @param falseAlarms how often any figure of an unchanged system may count as worse or better
 * @param blocks a run is cut into at most so many stretches
 * @param minBlocks on fewer there is no comparison
 * @param samplesBeyond so many requests of a block must lie above a percentile
 */
public record ComparisonOptions(
    double share,
    Duration minDifference,
    double errorDifference,
    double dataDifference,
    double significance,
    double betweenRuns,
    double falseAlarms,
    int blocks,
    int minBlocks,
    int samplesBeyond) {}
