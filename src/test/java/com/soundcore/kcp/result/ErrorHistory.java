package com.soundcore.kcp.result;

import java.util.SortedMap;

/**
 * The occurrences of an error over time.
 *
 * @param message the error message in Gatling's log
 * @param request the first call with this error, as "service / operation"
 * @param firstMs start of that call, in ms since the start of the load
 * @param bySecond number of calls with this error, by the second in which they started
 */
public record ErrorHistory(
    String message, String request, int firstMs, SortedMap<Integer, Integer> bySecond) {
  /** Maximum number of messages with a history: a server can send a new message for each call. */
  public static final int MOST = 50;

  public long count() {
    return bySecond.values().stream().mapToLong(Integer::intValue).sum();
  }
}
