package com.soundcore.kcp.truth.time;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A stream of random numbers. Each purpose has its own, so that a change of one part of a run, such
 * as how it is steered, leaves the chances of the others as they were.
 */
public final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final UniformRandomProvider random;
  private final ContinuousSampler normal;
  private final ContinuousSampler exponential;

  /**
   * @param seed of the run
   * @param purpose what this stream is for
   */
  public Draws(long seed, String purpose) {
    // A single long is stirred before it becomes the state: seeds that are neighbours share
    // nothing.
    long mixed = (seed ^ (long) purpose.hashCode() * GOLDEN) * GOLDEN;
    random = RandomSource.XO_RO_SHI_RO_128_PP.create(mixed ^ mixed >>> 32);
    normal = ZigguratSampler.NormalizedGaussian.of(random);
    exponential = ZigguratSampler.Exponential.of(random);
  }

  /** Whether something comes true; asks for no number where it never does. */
  public boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** Even between 0 and 1. */
  public double uniform() {
    return random.nextDouble();
  }

  /** A whole number from 0 to below the bound. */
  public long below(long bound) {
    return random.nextLong(bound);
  }

  /** With mean 0 and deviation 1. */
  public double normal() {
    return normal.sample();
  }

  /** With mean 1. */
  public double exponential() {
    return exponential.sample();
  }
}
