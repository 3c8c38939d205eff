package com.soundcore.kcp.config.tests;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The requirements of a test. Gatling asserts them over the whole run; the verdict judges them in
 * the steady seconds.
 *
 * @param errorRate the maximum error rate of all requests, as a fraction
 * @param percentiles the latency limits of all requests, by percentile, such as 99
 * @param rules further requirements and permissions
 * @param holdsAtLeast the level that the system must hold, in the test's unit
 * @param recoversWithin the maximum time until each service is as before the peak, from the moment
 *     the load has returned to the pre-spike level
 */
public record Asserts(
    Optional<Double> errorRate,
    SortedMap<Double, Duration> percentiles,
    Set<Rule> rules,
    Optional<Double> holdsAtLeast,
    Optional<Duration> recoversWithin) {

  /** The requirements and permissions of a test in addition to its limits. */
  public enum Rule {
    /** Each service must meet its own targets. */
    SERVICES,
    /** Each service must get its planned rate. */
    RATE,
    /**
     * Arrivals may be dropped and responses may stall, because the test is meant to exceed the
     * limit.
     */
    MAY_SHED,
    /** Error rate and percentiles cover the whole run, including ramps. */
    WHOLE_RUN,
    /** The load may stop early ({@code kcp.early-stop}). */
    EARLY_STOP,
    /** Latency, errors and memory must not rise over the longest hold. */
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
