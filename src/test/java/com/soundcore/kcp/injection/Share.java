package com.soundcore.kcp.injection;

/**
 * One injector's part of a whole. The parts of all injectors add up to the whole exactly.
 *
 * @param index from 0
 * @param count how many injectors there are
 */
public record Share(int index, int count) {
  /** The whole, on one machine. */
  public static final Share WHOLE = new Share(0, 1);

  /** This injector's part of a number of things that cannot be divided. */
  public long of(long whole) {
    return whole * (index + 1) / count - whole * index / count;
  }
}
