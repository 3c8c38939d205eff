package com.soundcore.kcp.workload;

import java.time.Instant;
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
  private final AtomicInteger now = new AtomicInteger();
  private final Map<String, LongAdder> shed = new ConcurrentHashMap<>();
  private volatile Instant firstShed;
  private volatile Instant lastShed;

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
    lastShed = Instant.now();
    if (firstShed == null) {
      firstShed = lastShed;
    }
    return false;
  }

  void leave() {
    now.decrementAndGet();
  }

  /** Calls that were due and not made. */
  public long shed() {
    return shed.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** When the first call was shed; null where none was. */
  public Instant firstShed() {
    return firstShed;
  }

  /** When the last call was shed; null where none was. */
  public Instant lastShed() {
    return lastShed;
  }

  /** The same by service; services that lost none are missing. */
  public Map<String, Long> shedByService() {
    Map<String, Long> counts = new TreeMap<>();
    shed.forEach((service, count) -> counts.put(service, count.sum()));
    return counts;
  }
}
