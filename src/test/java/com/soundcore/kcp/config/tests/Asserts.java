package com.soundcore.kcp.config.tests;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a test requires. Gatling asserts it over the whole run; the verdict judges it on the steady
 * seconds.
 *
 * @param errorRate at most this fraction of all requests may fail
 * @param percentiles of all requests, by percentile, such as 99
 * @param rules what else holds for this test
 * @param holdsAtLeast the level, in the test's own unit, that must be held
 * @param recoversWithin the longest time from when the load is back until a service is as before
 */
public record Asserts(
    Optional<Double> errorRate,
    SortedMap<Double, Duration> percentiles,
    Set<Rule> rules,
    Optional<Double> holdsAtLeast,
    Optional<Duration> recoversWithin) {

  /** What a test may require or allow in addition to its limits. */
  public enum Rule {
    /** Every service's own targets are asserted. */
    SERVICES,
    /** Every service must get its planned number of requests. */
    RATE,
    /** Arrivals may be dropped and answers may stall: the test is meant to exceed the limit. */
    MAY_SHED,
    /** Error rate and percentiles are those of the whole run, ramps included. */
    WHOLE_RUN,
    /** The load may be stopped where nothing is left to learn. */
    EARLY_STOP,
    /** Latency, errors and memory must stay as they are over the longest hold. */
    NO_DRIFT
  }

  public boolean services() {
    return rules.contains(Rule.SERVICES);
  }

  public boolean rate() {
    return rules.contains(Rule.RATE);
  }

  public boolean mayShed() {
    return rules.contains(Rule.MAY_SHED);
  }

  public boolean wholeRun() {
    return rules.contains(Rule.WHOLE_RUN);
  }

  public boolean earlyStop() {
    return rules.contains(Rule.EARLY_STOP);
  }

  public boolean noDrift() {
    return rules.contains(Rule.NO_DRIFT);
  }
}
