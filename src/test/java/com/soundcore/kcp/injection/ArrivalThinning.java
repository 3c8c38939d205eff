package com.soundcore.kcp.injection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A filter that admits an even share of the arrivals. Gatling's injection is fixed before a run
 * starts, so a search injects its highest rate and drops arrivals here. Thread-safe.
 */
public final class ArrivalThinning {
  private volatile double share;
  private final Map<String, Owed> owed = new ConcurrentHashMap<>();

  /**
   * Sets the share of arrivals to admit.
   *
   * @param part the share, from 0 to 1
   */
  public void setShare(double part) {
    share = part;
  }

  /** Returns the share of arrivals that is admitted. */
  public double share() {
    return share;
  }

  /** Returns whether to admit the next arrival of a population. */
  public boolean admits(String population) {
    return owed.computeIfAbsent(population, name -> new Owed()).admitsAfter(share);
  }

  /** A population's accumulated fraction of an arrival. */
  private static final class Owed {
    private double sum;

    synchronized boolean admitsAfter(double part) {
      sum += part;
      boolean whole = sum >= 1;
      sum -= whole ? 1 : 0;
      return whole;
    }
  }
}
