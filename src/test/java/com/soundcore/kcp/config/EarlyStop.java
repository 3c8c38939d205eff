package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * When the load is stopped before its end.
 *
 * @param onlyErrorsFor a service that has answered nothing but errors for so long
 * @param lostGates whether a gate that the rest of the run cannot mend stops it
 * @param margin only where it is lost by this fraction more
 */
public record EarlyStop(Duration onlyErrorsFor, boolean lostGates, double margin) {}
