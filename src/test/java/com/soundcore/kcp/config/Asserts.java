package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What a test requires. Gatling asserts it over the whole run; the verdict judges it on the steady
 * seconds.
 *
 * @param errorRate at most this fraction of all requests may fail
 * @param p95 at most, over all requests
 * @param p99 at most, over all requests
 * @param services whether every service's own targets are asserted
 * @param mayShed whether arrivals may be shed: the test is meant to pass the limit
 * @param wholeRun whether error rate and percentiles are those of the whole run, ramps included,
 *     and not of its steady seconds
 * @param earlyStop whether the load may be stopped where nothing is left to learn
 * @param holdsAtLeast the level, in the test's own unit, that must be held
 * @param noDrift whether latency, errors and memory must stay as they are over the longest hold
 * @param recoversWithin the longest time from when the load is back until a service is as before
 * @param rate whether every service must have got its planned number of requests
 */
public record Asserts(
    Optional<Double> errorRate,
    Optional<Duration> p95,
    Optional<Duration> p99,
    boolean services,
    boolean rate,
    boolean mayShed,
    boolean wholeRun,
    boolean earlyStop,
    Optional<Double> holdsAtLeast,
    boolean noDrift,
    Optional<Duration> recoversWithin) {}
