package com.soundcore.kcp.injection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a part of the arrivals through, evenly. Gatling's injection is fixed before a run starts: a
 * load that is to follow what is measured comes at its highest rate, and is thinned here. Safe for
 * use by several threads.
 */
public final class ArrivalThinning {
  private volatile double share;
  private final Map<String, Owed> owed = new ConcurrentHashMap<>();

  /**
   * Sets the part.
   *
   * @param part from 0 to 1
   */
  public void setShare(double part) {
    share = part;
  }

  /** The part that was set. */
  public double share() {
    return share;
  }

  /** Whether the next arrival of a population goes on. */
  public boolean admits(String population) {
    return owed.computeIfAbsent(population, name -> new Owed()).admitsAfter(share);
  }

  /** The part of an arrival that a population has saved up. */
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
