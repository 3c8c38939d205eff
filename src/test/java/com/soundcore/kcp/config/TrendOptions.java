package com.soundcore.kcp.config;

/**
 * When a figure has changed over many runs.
 *
 * @param significance how often chance may make a change among all series of one kind of run, as a
 *     fraction
 * @param least smallest relative change that counts, as a fraction
 * @param fails whether a change for the worse that nobody has acknowledged ends in a failure
 */
public record TrendOptions(double significance, double least, boolean fails) {}
