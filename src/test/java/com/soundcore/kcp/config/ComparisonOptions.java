package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * When a run counts as worse than its baseline.
 *
 * @param share smallest relative difference that counts
 * @param minDifference smallest difference of response times that counts
 * @param errorDifference smallest difference of error rates that counts
 * @param dataDifference runs whose amounts of data differ by a larger share are not compared
 * @param significance level of the rank test
 * @param betweenRuns how far a figure differs between runs of the same system (relative standard
 *     deviation), as long as too few baselines show it
 * @param falseAlarms how often any figure of an unchanged system may count as worse or better
 * @param blocks maximum number of blocks of a run
 * @param minBlocks on fewer there is no comparison
 * @param samplesBeyond minimum number of requests of a block above a percentile
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
