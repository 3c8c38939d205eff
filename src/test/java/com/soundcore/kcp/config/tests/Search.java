package com.soundcore.kcp.config.tests;

import java.time.Duration;

/**
 * How the highest rate that holds is looked for: upwards in steps until a level breaks, then by
 * halving what is left between the last that held and the first that did not. What that shows is
 * only the way: longer holds then prove the lower end of the answer and refute its upper end.
 *
 * @param start the first level, in requests per second of all services
 * @param step between two levels on the way up
 * @param ceiling the highest level
 * @param ramp to the next level
 * @param hold at each level
 * @param precision the search ends where the two levels differ by less than this fraction
 * @param confirm each longer hold at an end of the answer
 * @param tries so many longer holds of one level, until they have proved or refuted it; at least 2
 * @param recover longest time at a low level after one that broke
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
  // Of all levels together.
  private static final int LONGER_HOLDS = 15;
  private static final int FEWEST_TO_PROVE = 2;
  // Half the load each time.
  private static final int RECOVERIES = 4;
  // So many more than one after each level that breaks, in all.
  private static final int MORE_RECOVERIES = 18;
  // A level that breaks is tried a second time.
  private static final int TRIES = 2;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * Shorter and lighter.
   *
   * @param shortestHold shorter ones leave no time in which latency counts
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
   * The longest that it takes. A system with so many bad moments on the way up that this is not
   * enough ends it without an answer.
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

  /** How many low levels a system is given to come back, each half of the one before. */
  public static int recoveries() {
    return RECOVERIES;
  }

  /** How many of them there may be in all, beyond the first after each level. */
  public static int moreRecoveries() {
    return MORE_RECOVERIES;
  }

  /** How many longer holds of one level prove it at the least. */
  public static int fewestToProve() {
    return FEWEST_TO_PROVE;
  }

  /** How many longer holds there may be in all. */
  public static int longerHolds() {
    return LONGER_HOLDS;
  }
}
