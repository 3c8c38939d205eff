package com.soundcore.kcp.verdict.level;

/**
 * Times in which a service collapsed and recovered: seconds on end in which at least half of its
 * calls were slow or failed.
 *
 * @param count how many there were
 * @param collapsed seconds of all of them
 * @param watched seconds in which it was called
 * @param badOutside calls that were slow or failed in the other seconds
 * @param callsOutside all calls of the other seconds
 */
public record Episodes(int count, int collapsed, int watched, long badOutside, long callsOutside) {
  /** No second was watched. */
  public static final Episodes NONE = new Episodes(0, 0, 0, 0, 0);

  private static final double CALM = 0.5;

  /**
   * Counts them.
   *
   * @param bad calls of each second
   * @param calls of each second; seconds without one are left out
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

  /** Those of both. */
  public Episodes plus(Episodes other) {
    return new Episodes(
        count + other.count,
        collapsed + other.collapsed,
        watched + other.watched,
        badOutside + other.badOutside,
        callsOutside + other.callsOutside);
  }

  /**
   * Whether it collapsed again and again, and was well in between: no line divides the rates that
   * it holds from those that it does not.
   *
   * @param limit the share of slow calls that it may have
   */
  public boolean recur(double limit) {
    return count > 1 && badOutside <= CALM * limit * callsOutside;
  }

  /** The mean length of one, in seconds. */
  public double seconds() {
    return count == 0 ? 0 : (double) collapsed / count;
  }

  /** How many there were in a minute. */
  public double perMinute() {
    return watched == 0 ? 0 : 60.0 * count / watched;
  }
}
