package com.soundcore.kcp.config.tests;

import java.time.Duration;

/**
 * A part of a test in which the level changes linearly or holds.
 *
 * @param name such as "ramp to 100" or "hold 100"
 * @param from the level at its start: concurrent users, or requests per second
 * @param to the level at its end
 * @param duration the length of the stage; above zero
 * @param atLeast the minimum duration after scaling
 */
public record Stage(String name, double from, double to, Duration duration, Duration atLeast) {
  /** Creates a stage with a minimum duration of 1 s. */
  public Stage(String name, double from, double to, Duration duration) {
    this(name, from, to, duration, Duration.ofSeconds(1));
  }

  public boolean isHold() {
    return from == to;
  }
}
