package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * A stretch of a test in which the level moves evenly from one value to another, or holds.
 *
 * @param name such as "ramp to 100" or "hold 100"
 * @param from the level at its start: concurrent users, or requests per second
 * @param to the level at its end
 * @param duration how long it takes; above zero
 */
public record Stage(String name, double from, double to, Duration duration) {
  public boolean isHold() {
    return from == to;
  }
}
