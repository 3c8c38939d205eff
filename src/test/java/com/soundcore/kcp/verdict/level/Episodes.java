package com.soundcore.kcp.verdict.level;

/**
 * Periods in which a service collapsed and recovered: seconds in a row in which at least half of
 * its calls were slow or failed.
 *
 * @param count number of episodes
 * @param collapsed seconds of all episodes
 * @param watched seconds in which the service was called
 * @param badOutside slow or failed calls in the other seconds
 * @param callsOutside all calls in the other seconds
 */
public record Episodes(int count, int collapsed, int watched, long badOutside, long callsOutside) {
  /** No second was watched. */
  public static final Episodes NONE = new Episodes(0, 0, 0, 0, 0);

  private static final double CALM = 0.5;

  /**
   * Counts the episodes.
   *
   * @param bad bad calls of each second
   * @param calls calls of each second; seconds without one are skipped
   */
  static Episodes of(long[] bad, long[] calls) {
    int count = 0;
    int collapsed = 0;
    int watched = 0;
    long badOutside = 0;
    long callsOutside = 0;
    boolean before = false;
    for (int i = 0; i < calls.length; i++) {
      if (calls[i] > 0) {
        boolean now = 2 * bad[i] >= calls[i];
        count += now && !before ? 1 : 0;
        collapsed += now ? 1 : 0;
        badOutside += now ? 0 : bad[i];
        callsOutside += now ? 0 : calls[i];
        watched++;
        before = now;
      }
    }
    return new Episodes(count, collapsed, watched, badOutside, callsOutside);
  }

  /** Returns the sums of both. */
  public Episodes plus(Episodes other) {
    return new Episodes(
        count + other.count,
        collapsed + other.collapsed,
        watched + other.watched,
        badOutside + other.badOutside,
        callsOutside + other.callsOutside);
  }

  /**
   * Returns whether the service collapsed repeatedly and was healthy in between. Then no single
   * rate separates the loads that it holds from those that it does not.
   *
   * @param limit the allowed share of slow calls
   */
  public boolean recur(double limit) {
    return count > 1 && badOutside <= CALM * limit * callsOutside;
  }

  /** Returns the mean length of an episode in seconds. */
  public double seconds() {
    return count == 0 ? 0 : (double) collapsed / count;
  }

  /** Returns the number of episodes per minute. */
  public double perMinute() {
    return watched == 0 ? 0 : 60.0 * count / watched;
  }
}
