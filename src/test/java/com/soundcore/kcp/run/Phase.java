package com.soundcore.kcp.run;

import java.util.Map;

/**
 * A planned stage.
 *
 * @param name such as "hold 10,000"
 * @param startSecond from the start of the load
 * @param endSecond exclusive
 * @param hold whether its level is constant
 * @param users concurrent users at its end; 0 in the open model
 * @param arrivals journeys that start in it; 0 in the closed model
 * @param rps requests per second at its end, by service; expected ones in the closed model
 */
public record Phase(
    String name,
    int startSecond,
    int endSecond,
    boolean hold,
    long users,
    long arrivals,
    Map<String, Double> rps) {
  /** Returns the phase from its middle to its end. */
  public Phase latterHalf() {
    int middle = (startSecond + endSecond + 1) / 2;
    return new Phase(name, middle, endSecond, hold, users, arrivals / 2, rps);
  }

  public double totalRps() {
    return rps.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
