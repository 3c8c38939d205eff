package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What Gatling asserts over the whole run.
 *
 * @param errorRate at most this fraction of all requests may fail
 * @param p95 at most, over all requests
 * @param p99 at most, over all requests
 * @param services whether every service's own targets are asserted
 * @param mayShed whether arrivals may be shed: the test is meant to pass the limit
 * @param rate whether every service must have got its planned number of requests
 */
public record Asserts(
    Optional<Double> errorRate,
    Optional<Duration> p95,
    Optional<Duration> p99,
    boolean services,
    boolean rate,
    boolean mayShed) {}
