package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How many requests may be in flight at once, over all injectors; arrivals above that are dropped.
 *
 * @param fixed where a number was asked for
 * @param atLeast so many otherwise
 * @param time or as many as the plan's highest rate makes when answers take so long on average
 *     (Little's law)
 */
public record InFlightCap(OptionalInt fixed, int atLeast, Duration time) {
  /**
   * That of a plan.
   *
   * @param peakRequestsPerSec its highest rate, over all services; 0 where a search finds it out
   */
  public int at(double peakRequestsPerSec) {
    double made = peakRequestsPerSec * time.toNanos() / 1e9;
    return fixed.orElse((int) Math.max(atLeast, Math.ceil(made)));
  }
}
