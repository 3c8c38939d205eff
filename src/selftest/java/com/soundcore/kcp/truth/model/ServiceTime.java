package com.soundcore.kcp.truth.model;

import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Micros;

/**
 * How long a worker is busy with a call, as a distribution.
 *
 * @param kind its shape
 * @param ms its median where it is lognormal, else its mean
 * @param sigma of the logarithm; only where it is lognormal
 * @param tailShare the share of calls that take longer, from 0 to 1
 * @param tailFactor how many times longer they take
 */
public record ServiceTime(Kind kind, double ms, double sigma, double tailShare, double tailFactor) {

  /** A shape. */
  public enum Kind {
    LOGNORMAL,
    EXPONENTIAL,
    CONSTANT
  }

  /** The usual one of services. */
  public static ServiceTime lognormal(double medianMs, double sigma) {
    return new ServiceTime(Kind.LOGNORMAL, medianMs, sigma, 0, 1);
  }

  /** The one that queueing theory has formulas for. */
  public static ServiceTime exponential(double meanMs) {
    return new ServiceTime(Kind.EXPONENTIAL, meanMs, 0, 0, 1);
  }

  /** Always the same. */
  public static ServiceTime constant(double ms) {
    return new ServiceTime(Kind.CONSTANT, ms, 0, 0, 1);
  }

  /** The same, but this share of the calls takes so many times as long. */
  public ServiceTime withTail(double share, double factor) {
    return new ServiceTime(kind, ms, sigma, share, factor);
  }

  public double meanMs() {
    double body = kind == Kind.LOGNORMAL ? ms * Math.exp(sigma * sigma / 2) : ms;
    return body * (1 + tailShare * (tailFactor - 1));
  }

  /** The time of one call, in microseconds. */
  public double draw(Draws draws) {
    double body =
        switch (kind) {
          case LOGNORMAL -> ms * Math.exp(sigma * draws.normal());
          case EXPONENTIAL -> ms * draws.exponential();
          case CONSTANT -> ms;
        };
    return body * Micros.MILLI * (draws.chance(tailShare) ? tailFactor : 1);
  }
}
