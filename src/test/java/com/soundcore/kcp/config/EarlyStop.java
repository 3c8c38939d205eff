package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * When the load is stopped before its end.
 *
 * @param onlyErrorsFor a service that has answered nothing but errors for so long
 * @param lostGates whether a limit that the rest of its hold cannot mend stops it
 */
public record EarlyStop(Duration onlyErrorsFor, boolean lostGates) {}
