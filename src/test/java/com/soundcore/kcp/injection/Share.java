package com.soundcore.kcp.injection;

/**
 * One injector's share of a whole. The shares of all injectors add up to the whole exactly.
 *
 * @param index the injector's index, from 0
 * @param count the number of injectors
 */
public record Share(int index, int count) {
  /** The whole load on one machine. */
  public static final Share WHOLE = new Share(0, 1);

  /** Returns this injector's share of an indivisible count. */
  public long of(long whole) {
    return whole * (index + 1) / count - whole * index / count;
  }
}
