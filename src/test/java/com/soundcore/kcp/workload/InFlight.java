package com.soundcore.kcp.workload;

import com.soundcore.kcp.run.CountsBySecond;
import java.util.Map;
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
  private final LoadTime time;
  private final AtomicInteger now = new AtomicInteger();
  private final LongAdder shed = new LongAdder();
  private final Map<String, Map<Integer, LongAdder>> shedAt = new ConcurrentHashMap<>();

  /**
   * @param max calls at once; at least 1
   * @param time of the load
   */
  public InFlight(int max, LoadTime time) {
    this.max = max;
    this.time = time;
  }

  /** A place for one call, to be left again; false where there is none. */
  boolean enter(String service) {
    if (now.incrementAndGet() <= max) {
      return true;
    }
    now.decrementAndGet();
    shed.increment();
    shedAt
        .computeIfAbsent(service, name -> new ConcurrentHashMap<>())
        .computeIfAbsent(time.second(), second -> new LongAdder())
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

  /** Calls dropped at the cap on requests in flight. */
  public long shed() {
    return shed.sum();
  }

  /** The same by service and second of the load. */
  public CountsBySecond shedBySecond() {
    Map<String, Map<Integer, Long>> counts = new TreeMap<>();
    shedAt.forEach(
        (service, seconds) -> {
          Map<Integer, Long> bySecond = new TreeMap<>();
          seconds.forEach((second, count) -> bySecond.put(second, count.sum()));
          counts.put(service, bySecond);
        });
    return new CountsBySecond(counts);
  }

  /** Calls of a service that were due from one second up to another and not made. */
  public long shed(String service, int from, int to) {
    long sum = 0;
    for (Map.Entry<Integer, LongAdder> second : shedAt.getOrDefault(service, Map.of()).entrySet()) {
      sum += second.getKey() >= from && second.getKey() < to ? second.getValue().sum() : 0;
    }
    return sum;
  }
}
