package com.soundcore.kcp.result;

import java.util.SortedMap;

/**
 * When an error came.
 *
 * @param message what was wrong, as Gatling has it
 * @param request the first call with it, as "service / operation"
 * @param firstMs when that call started, in ms of the load
 * @param bySecond calls with it, by the second in which they started
 */
public record ErrorHistory(
    String message, String request, int firstMs, SortedMap<Integer, Integer> bySecond) {
  /** Messages whose history is kept: a server can invent a new one for each call. */
  public static final int MOST = 50;

  public long count() {
    return bySecond.values().stream().mapToLong(Integer::intValue).sum();
  }
}
