package com.soundcore.kcp.truth.time;

/** Noise with a memory, AR(1): each value is a part of the one before it, and something new. */
public final class Autoregression {
  private final double rho;
  private final double fresh;
  private final Draws draws;
  private double value;

  /**
   * @param rho how much of a value is left in the next one, from 0 to below 1
   * @param sigma the deviation of the values in the long run
   */
  public Autoregression(double rho, double sigma, Draws draws) {
    this.rho = rho;
    this.fresh = sigma * Math.sqrt(1 - rho * rho);
    this.draws = draws;
    this.value = sigma * draws.normal();
  }

  public double value() {
    return value;
  }

  public void next() {
    value = rho * value + fresh * draws.normal();
  }
}
