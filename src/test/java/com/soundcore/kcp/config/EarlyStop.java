package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * The conditions that stop the load before its end.
 *
 * @param onlyErrorsFor the time in which a service returned errors only
 * @param lostGates whether the load stops once a hold can no longer meet one of its limits
 * @param exhaustedFor the time in which all cores were busy while the load fell behind its plan
 */
public record EarlyStop(Duration onlyErrorsFor, boolean lostGates, Duration exhaustedFor) {}
