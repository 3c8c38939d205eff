package com.soundcore.kcp.config.tests;

import java.time.Duration;

/**
 * A stretch of a test in which the level moves evenly from one value to another, or holds.
 *
 * @param name such as "ramp to 100" or "hold 100"
 * @param from the level at its start: concurrent users, or requests per second
 * @param to the level at its end
 * @param duration how long it takes; above zero
 * @param atLeast scaling makes it no shorter than this
 */
public record Stage(String name, double from, double to, Duration duration, Duration atLeast) {
  /** A stage that may be scaled down to a second. */
  public Stage(String name, double from, double to, Duration duration) {
    this(name, from, to, duration, Duration.ofSeconds(1));
  }

  public boolean isHold() {
    return from == to;
  }
}
