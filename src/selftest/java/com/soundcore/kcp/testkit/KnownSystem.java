package com.soundcore.kcp.testkit;

import java.util.ArrayList;
import java.util.List;

/** A service that answers so many calls per second, and lets the others wait. */
public class KnownSystem implements FaultlessCounts {
  private static final double TARGET_SECONDS = 0.5;
  private final double capacity;
  private final List<long[]> seconds = new ArrayList<>();
  private double waiting;

  /**
   * @param capacity calls per second
   */
  public KnownSystem(double capacity) {
    this.capacity = capacity;
  }

  public void second(long calls) {
    double before = waiting;
    double done = Math.min(capacityIn(seconds.size()), waiting + calls);
    waiting += calls - done;
    boolean slow = Math.max(before, waiting) / capacity >= TARGET_SECONDS;
    seconds.add(new long[] {calls, Math.round(done), slow ? calls : 0});
  }

  public double capacityIn(int second) {
    return capacity;
  }

  public double waiting() {
    return waiting;
  }

  /** At the beginning of a second. */
  public double waitingAt(int second) {
    return seconds.stream().limit(second).mapToLong(s -> s[0] - s[1]).sum();
  }

  @Override
  public long started(String service, int second) {
    return second < 0 ? 0 : seconds.get(second)[0];
  }

  @Override
  public long ended(String service, int second) {
    return seconds.get(second)[1];
  }

  @Override
  public long slow(String service, int second) {
    return second < 0 ? 0 : seconds.get(second)[2];
  }
}
