package com.soundcore.kcp.workload;

import com.soundcore.kcp.run.CountsBySecond;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * The cap on requests in flight. A call above it is not made, and counted: a server that stalls
 * must not take all sockets of this machine with it. Safe for use by several threads.
 */
public final class InFlight {
  private final IntSupplier allowed;
  private final AtomicInteger max = new AtomicInteger();
  private final LoadTime time;
  private final AtomicInteger now = new AtomicInteger();
  private final LongAdder shed = new LongAdder();
  private final Map<String, Map<Integer, LongAdder>> shedAt = new ConcurrentHashMap<>();

  /**
   * @param allowed calls at once by the load of this moment; at least 1. The cap grows with it and
   *     never shrinks: what a higher load has left must not be held against a lower one
   * @param time of the load
   */
  public InFlight(IntSupplier allowed, LoadTime time) {
    this.allowed = allowed;
    this.time = time;
  }

  /** The cap so far. */
  public int cap() {
    return max.get();
  }

  /** Lets the cap grow with the load: each second, and where a call meets it before that. */
  public int grow() {
    return max.accumulateAndGet(allowed.getAsInt(), Math::max);
  }

  /** Takes a place for one call, to be released later; false if the cap is reached. */
  boolean enter(String service) {
    int mine = now.incrementAndGet();
    if (mine <= max.get() || mine <= grow()) {
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
