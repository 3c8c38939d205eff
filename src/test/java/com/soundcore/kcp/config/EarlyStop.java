package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * When the load is stopped before its end.
 *
 * @param onlyErrorsFor a service that has answered nothing but errors for so long
 * @param lostGates whether a limit that the rest of its hold cannot mend stops it
 * @param exhaustedFor a machine that was used up for so long, while the load fell behind its plan
 */
public record EarlyStop(Duration onlyErrorsFor, boolean lostGates, Duration exhaustedFor) {}
