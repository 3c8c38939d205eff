package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How many requests may be in flight at once, over all injectors; arrivals above that are dropped.
 *
 * @param fixed where a number was asked for
 * @param atLeast smallest automatic cap
 * @param time expected latency, which times the rate gives the automatic cap (Little's law)
 */
public record InFlightCap(OptionalInt fixed, int atLeast, Duration time) {
  /**
   * That of a load.
   *
   * @param requestsPerSec over all services
   * @param users each of whom may wait for an answer; 0 in the open model
   */
  public int at(double requestsPerSec, double users) {
    double made = Math.max(requestsPerSec * time.toNanos() / 1e9, users);
    return fixed.orElse((int) Math.max(atLeast, Math.ceil(made)));
  }
}
