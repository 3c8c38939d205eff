package com.soundcore.kcp.workload;

import com.soundcore.kcp.run.CountsBySecond;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * The cap on requests in flight. A call above the cap is dropped and counted, so that a stalled
 * server does not exhaust this machine's sockets. Thread-safe.
 */
public final class InFlight {
  private final IntSupplier allowed;
  private final AtomicInteger max = new AtomicInteger();
  private final LoadTime time;
  private final AtomicInteger now = new AtomicInteger();
  private final LongAdder shed = new LongAdder();
  private final Map<String, Map<Integer, LongAdder>> shedAt = new ConcurrentHashMap<>();

  /**
   * @param allowed the cap for the present load; at least 1. The effective cap grows with it and
   *     never shrinks, so that the backlog of a higher load does not drop calls of a lower one.
   * @param time the clock of the load
   */
  public InFlight(IntSupplier allowed, LoadTime time) {
    this.allowed = allowed;
    this.time = time;
  }

  /** Returns the cap so far. */
  public int cap() {
    return max.get();
  }

  /**
   * Raises the cap with the load, and returns it. Called each second, and when a call reaches the
   * cap.
   */
  public int grow() {
    return max.accumulateAndGet(allowed.getAsInt(), Math::max);
  }

  /**
   * Reserves a slot for one call, to be released by {@link #leave()}; false if the cap is reached.
   */
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

  /** Returns the number of requests in flight. */
  public int now() {
    return now.get();
  }

  /** Returns the number of calls dropped at the cap. */
  public long shed() {
    return shed.sum();
  }

  /** Returns the calls dropped at the cap, by service and second of the load. */
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

  /** Returns a service's dropped calls from one second (inclusive) to another (exclusive). */
  public long shed(String service, int from, int to) {
    long sum = 0;
    for (Map.Entry<Integer, LongAdder> second : shedAt.getOrDefault(service, Map.of()).entrySet()) {
      sum += second.getKey() >= from && second.getKey() < to ? second.getValue().sum() : 0;
    }
    return sum;
  }
}
