package com.soundcore.kcp.config.tests;

import java.time.Duration;

/**
 * A search for the highest rate that holds. It climbs in steps until a level breaks, then bisects
 * the interval between the last level that held and the first that broke. These short holds only
 * show the way. Longer holds then prove the lower end of the answer and refute its upper end.
 *
 * @param start the first level, in requests per second over all services
 * @param step the difference between two levels of the climb
 * @param ceiling the highest level
 * @param ramp the duration of the ramp to the next level
 * @param hold the duration of each level
 * @param precision the bisection ends when the two levels differ by at most this fraction
 * @param confirm the duration of a longer hold at an end of the answer
 * @param tries the maximum number of longer holds of one level; at least 2
 * @param recover the maximum time at a low level after a level broke
 */
public record Search(
    double start,
    double step,
    double ceiling,
    Duration ramp,
    Duration hold,
    double precision,
    Duration confirm,
    int tries,
    Duration recover) {
  // The maximum over all levels.
  private static final int LONGER_HOLDS = 15;
  private static final int FEWEST_TO_PROVE = 2;
  // Each halves the load of the one before.
  private static final int RECOVERIES = 4;
  // The total, not counting the first one after each broken level.
  private static final int MORE_RECOVERIES = 18;
  // A level that broke is tried a second time.
  private static final int TRIES = 2;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * Returns this search with scaled durations and levels.
   *
   * @param time the factor of all durations
   * @param load the factor of all levels
   * @param shortestHold the minimum duration of a hold; in a shorter one no latency is judged
   */
  public Search scaled(double time, double load, Duration shortestHold) {
    return new Search(
        start * load,
        step * load,
        ceiling * load,
        scaled(ramp, time),
        atLeast(scaled(hold, time), shortestHold),
        precision,
        atLeast(scaled(confirm, time), shortestHold),
        tries,
        atLeast(scaled(recover, time), shortestHold.multipliedBy(2)));
  }

  private static Duration atLeast(Duration duration, Duration shortest) {
    return duration.compareTo(shortest) < 0 ? shortest : duration;
  }

  private static Duration scaled(Duration duration, double time) {
    Duration scaled = Duration.ofSeconds(Math.round(duration.toSeconds() * time));
    return scaled.compareTo(SECOND) < 0 ? SECOND : scaled;
  }

  /**
   * Returns the longest duration of the search. A system that needs still more recoveries ends it
   * without an answer.
   */
  public Duration longest() {
    long steps = (long) Math.floor((ceiling - start) / step) + 1;
    long halvings = (long) Math.ceil(Math.log(step / (start * precision)) / Math.log(2)) + 1;
    Duration level = ramp.plus(hold);
    Duration low = ramp.plus(recover);
    Duration tried = level.plus(low).multipliedBy(TRIES);
    Duration longer = ramp.plus(confirm).plus(low);
    return level
        .multipliedBy(steps)
        .plus(tried.multipliedBy(Math.max(1, halvings) + 1))
        .plus(longer.multipliedBy(LONGER_HOLDS))
        .plus(low.multipliedBy(MORE_RECOVERIES));
  }

  /**
   * Returns the maximum number of low levels for a system to recover, each half of the one before.
   */
  public static int recoveries() {
    return RECOVERIES;
  }

  /** Returns the maximum total of low levels, not counting the first after each broken level. */
  public static int moreRecoveries() {
    return MORE_RECOVERIES;
  }

  /** Returns the minimum number of longer holds that prove a level. */
  public static int fewestToProve() {
    return FEWEST_TO_PROVE;
  }

  /** Returns the maximum number of longer holds over all levels. */
  public static int longerHolds() {
    return LONGER_HOLDS;
  }
}
