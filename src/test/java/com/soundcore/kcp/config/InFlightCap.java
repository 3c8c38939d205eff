package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The cap on requests in flight, over all injectors. Arrivals above it are dropped.
 *
 * @param fixed the configured cap; absent for an automatic one
 * @param atLeast the smallest automatic cap
 * @param time expected latency; the automatic cap is its product with the rate (Little's law)
 */
public record InFlightCap(OptionalInt fixed, int atLeast, Duration time) {
  /**
   * Returns the cap for a load.
   *
   * @param requestsPerSec the rate over all services
   * @param users concurrent users; 0 in the open model
   */
  public int at(double requestsPerSec, double users) {
    double made = Math.max(requestsPerSec * time.toNanos() / 1e9, users);
    return fixed.orElse((int) Math.max(atLeast, Math.ceil(made)));
  }
}
