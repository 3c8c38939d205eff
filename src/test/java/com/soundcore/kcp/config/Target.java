package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * What a service promises.
 *
 * @param requestsPerSec its part of the whole rate; above 0
 * @param p95 95 of 100 answers take at most this
 * @param errorRate at most this fraction of its requests may fail
 */
public record Target(double requestsPerSec, Duration p95, double errorRate) {}
