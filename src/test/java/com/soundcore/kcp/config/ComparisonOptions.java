package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * The rules by which a run counts as worse than its baseline.
 *
 * @param share smallest relative difference of a percentile that counts, as a fraction
 * @param minDifference smallest difference of a percentile that counts
 * @param errorDifference smallest difference of error rates that counts, as a fraction
 * @param dataDifference runs are not compared if their amounts of data differ by a larger fraction
 * @param significance significance level of the Mann-Whitney rank test
 * @param betweenRuns relative standard deviation of a percentile between runs of the same system;
 *     three or more baselines replace it by their own
 * @param falseAlarms probability that any metric of an unchanged system counts as worse or better
 * @param blocks maximum number of blocks of a run
 * @param minBlocks with fewer blocks there is no comparison
 * @param samplesBeyond minimum number of a block's requests above a percentile
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
