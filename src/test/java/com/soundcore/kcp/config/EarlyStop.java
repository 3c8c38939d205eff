package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * When the load is stopped before its end.
 *
 * @param onlyErrorsFor time in which a service answered with nothing but errors
 * @param lostGates whether to stop once a limit can no longer be met in its hold
 * @param exhaustedFor time in which all cores were busy while the load fell behind its plan
 */
public record EarlyStop(Duration onlyErrorsFor, boolean lostGates, Duration exhaustedFor) {}
