package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counts of a second; the order of additions does not matter. A call counts in the second in
 * which it started. If it took longer than {@value #WINDOW} s, it counts in the second {@value
 * #WINDOW} s before its end. So each second is complete after {@value #WINDOW} s.
 */
final class SecondCounts {
  /** Maximum distance in seconds from the end of a call to the second in which it counts. */
  static final int WINDOW = 64;

  // A call in 64 bits: operation number, outcome, seconds from start to end, response time in ms.
  private static final int MILLIS_BITS = 31;
  private static final int ENDS_BITS = 18;
  private static final int MOST_CALLS = 1 << 63 - MILLIS_BITS - ENDS_BITS - 1;
  private static final int LONGEST_SECONDS = (1 << ENDS_BITS) - 1;

  /** The operations of a run, by number. */
  static final class Calls {
    private final List<CountVisitor.Call> byNumber = new ArrayList<>();
    private final Map<CountVisitor.Call, Integer> numbers = new HashMap<>();

    int number(CountVisitor.Call call) {
      Integer known = numbers.get(call);
      if (known != null) {
        return known;
      }
      if (byNumber.size() == MOST_CALLS) {
        throw new LogException(
            "The run has more than %,d different names of calls; name calls by their operation, not by a value."
                .formatted(MOST_CALLS));
      }
      byNumber.add(call);
      numbers.put(call, byNumber.size() - 1);
      return byNumber.size() - 1;
    }

    CountVisitor.Call get(int number) {
      return byNumber.get(number);
    }

    int size() {
      return byNumber.size();
    }
  }

  /** The key under which errors are counted. */
  record ErrorKey(int call, String message, int second) {}

  /** The number of errors, and the start of the first failed call in ms since the load's start. */
  record ErrorCount(int firstMs, int count) {
    ErrorCount plus(ErrorCount other) {
      return new ErrorCount(Math.min(firstMs, other.firstMs), Math.addExact(count, other.count));
    }
  }

  private final int second;
  private int started;
  private int ended;
  private long[] keys = new long[64];
  private int[] counts = new int[64];
  private int size;
  private final Map<ErrorKey, ErrorCount> errors = new HashMap<>();
  private final Map<String, Integer> generatorErrors = new TreeMap<>();

  SecondCounts(int second) {
    this.second = second;
  }

  /** Returns the second in which a call counts. */
  static int of(int startSecond, int endSecond) {
    return Math.max(startSecond, endSecond - WINDOW);
  }

  int second() {
    return second;
  }

  int started() {
    return started;
  }

  int ended() {
    return ended;
  }

  /** Returns the keys of all calls, sorted. */
  long[] sortedKeys() {
    long[] sorted = new long[size];
    int at = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] > 0) {
        sorted[at++] = keys[i];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  int count(long key) {
    return counts[slot(key)];
  }

  Map<ErrorKey, ErrorCount> errors() {
    return errors;
  }

  Map<String, Integer> generatorErrors() {
    return generatorErrors;
  }

  void users(int setOut, int cameToEnd) {
    started = Math.addExact(started, setOut);
    ended = Math.addExact(ended, cameToEnd);
  }

  static long key(int call, boolean ok, int seconds, int millis) {
    long key = (long) call << 1 | (ok ? 1 : 0);
    key = key << ENDS_BITS | Math.min(LONGEST_SECONDS, Math.max(0, seconds));
    return key << MILLIS_BITS | Math.max(0, millis);
  }

  static int callOf(long key) {
    return (int) (key >>> MILLIS_BITS + ENDS_BITS + 1);
  }

  /** Returns the key with another operation number. */
  static long renumbered(long key, int call) {
    long rest = key & (1L << MILLIS_BITS + ENDS_BITS + 1) - 1;
    return (long) call << MILLIS_BITS + ENDS_BITS + 1 | rest;
  }

  void add(long key, int count) {
    int slot = slot(key);
    if (counts[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    counts[slot] = Math.addExact(counts[slot], count);
    if (size * 2 > keys.length) {
      grow();
    }
  }

  /** Adds the counts of the same second of another injector. */
  void add(SecondCounts other) {
    users(other.started, other.ended);
    for (int i = 0; i < other.keys.length; i++) {
      if (other.counts[i] > 0) {
        add(other.keys[i], other.counts[i]);
      }
    }
    other.errors.forEach(this::error);
    other.generatorErrors.forEach(this::generatorError);
  }

  void error(ErrorKey key, ErrorCount some) {
    errors.merge(key, some, ErrorCount::plus);
  }

  void generatorError(String message, int count) {
    generatorErrors.merge(message, count, Math::addExact);
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (counts[slot] > 0 && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] > 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  private static int endsAfter(long key) {
    return (int) (key >>> MILLIS_BITS) & LONGEST_SECONDS;
  }

  /** Returns the second in which a call started; a call longer than the window counts later. */
  static int start(int second, long key) {
    int ends = endsAfter(key);
    return ends <= WINDOW ? second : second + WINDOW - ends;
  }

  /** Visits all counts, errors in the order of their first occurrence. */
  void show(Calls calls, CountVisitor visitor) {
    if (started > 0 || ended > 0) {
      visitor.users(second, started, ended);
    }
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] > 0) {
        long key = keys[i];
        int ends = endsAfter(key);
        int start = start(second, key);
        visitor.calls(
            calls.get(callOf(key)),
            start,
            start + ends,
            (int) (key & (1L << MILLIS_BITS) - 1),
            (key >>> MILLIS_BITS + ENDS_BITS & 1) == 1,
            counts[i]);
      }
    }
    errors.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<ErrorKey, ErrorCount>>comparingInt(e -> e.getValue().firstMs())
                .thenComparing(e -> calls.get(e.getKey().call()).request())
                .thenComparing(e -> e.getKey().message()))
        .forEach(
            entry ->
                visitor.errors(
                    calls.get(entry.getKey().call()),
                    entry.getKey().message(),
                    entry.getKey().second(),
                    entry.getValue().firstMs(),
                    entry.getValue().count()));
    generatorErrors.forEach(visitor::generatorErrors);
  }
}
