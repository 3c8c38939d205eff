package com.soundcore.kcp.injection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a part of the arrivals through, evenly. Gatling's injection is fixed before a run starts: a
 * load that is to follow what is measured comes at its highest rate, and is thinned here. Safe for
 * use by several threads.
 */
public final class Admission {
  private volatile double share;
  private final Map<String, double[]> owed = new ConcurrentHashMap<>();

  /**
   * Sets the part.
   *
   * @param part from 0 to 1
   */
  public void let(double part) {
    share = part;
  }

  /** The part that was set. */
  public double share() {
    return share;
  }

  /** Whether the next arrival of a population goes on. */
  public boolean admits(String population) {
    double[] sum = owed.computeIfAbsent(population, name -> new double[1]);
    synchronized (sum) {
      sum[0] += share;
      if (sum[0] < 1) {
        return false;
      }
      sum[0] -= 1;
      return true;
    }
  }
}
