package com.soundcore.kcp.workload;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The cap on requests in flight. A call above it is not made, and counted: a server that stalls
 * must not take all sockets of this machine with it. Safe for use by several threads.
 */
public final class InFlight {
  private final int max;
  private final AtomicInteger now = new AtomicInteger();
  private final Map<String, LongAdder> shed = new ConcurrentHashMap<>();
  private final Map<Long, LongAdder> shedAt = new ConcurrentHashMap<>();

  /**
   * @param max calls at once; at least 1
   */
  public InFlight(int max) {
    this.max = max;
  }

  /** A place for one call, to be left again; false where there is none. */
  boolean enter(String service) {
    if (now.incrementAndGet() <= max) {
      return true;
    }
    now.decrementAndGet();
    shed.computeIfAbsent(service, name -> new LongAdder()).increment();
    shedAt
        .computeIfAbsent(System.currentTimeMillis() / 1000, second -> new LongAdder())
        .increment();
    return false;
  }

  void leave() {
    now.decrementAndGet();
  }

  /** Requests under way. */
  public int now() {
    return now.get();
  }

  /** Calls that were due and not made. */
  public long shed() {
    return shed.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** The same by second, counted since the epoch; seconds without are missing. */
  public SortedMap<Long, Long> shedBySecond() {
    SortedMap<Long, Long> counts = new TreeMap<>();
    shedAt.forEach((second, count) -> counts.put(second, count.sum()));
    return counts;
  }

  /** The same by service; services that lost none are missing. */
  public Map<String, Long> shedByService() {
    Map<String, Long> counts = new TreeMap<>();
    shed.forEach((service, count) -> counts.put(service, count.sum()));
    return counts;
  }
}
