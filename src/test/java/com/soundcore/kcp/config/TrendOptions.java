package com.soundcore.kcp.config;

/**
 * The rules by which a metric has changed over many runs.
 *
 * @param significance the probability of a false change among all metrics of one kind of test, as a
 *     fraction
 * @param least the smallest relative change that counts, as a fraction
 * @param fails whether an unacknowledged change for the worse is a failure
 */
public record TrendOptions(double significance, double least, boolean fails) {}
