package com.soundcore.kcp.live.calls;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long the applications themselves took, by the header {@code X-Process-Time} of their answers.
 * The rest of a response time was spent before them: in queues, proxies and networks.
 */
public final class ProcessTimes {
  private static final class Sum {
    private final LongAdder micros = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int stride = 1;
  }

  /** Answers of each service that are enough between two readings: a mean needs no more. */
  private static final int SAMPLES = 500;

  private final Map<String, Sum> byService = new ConcurrentHashMap<>();
  private volatile boolean wanted = true;

  /** Whether anybody will read them. */
  public void wanted(boolean someone) {
    wanted = someone;
  }

  /**
   * Whether the next answer is looked at: each so many, by how many there were before the last
   * reading, so that the sample lies evenly over the time. Reading a header costs.
   */
  public boolean wants(String service) {
    if (!wanted) {
      return false;
    }
    Sum sum = sum(service);
    return sum.asked.getAndIncrement() % sum.stride == 0;
  }

  private Sum sum(String service) {
    Sum known = byService.get(service);
    return known == null ? byService.computeIfAbsent(service, name -> new Sum()) : known;
  }

  public void add(String service, double millis) {
    Sum sum = sum(service);
    sum.micros.add((long) (millis * 1000));
    sum.answers.increment();
  }

  /** The mean in ms of each service that said so, since the last time this was asked. */
  public Map<String, Double> meansThenReset() {
    Map<String, Double> means = new TreeMap<>();
    byService.forEach(
        (service, sum) -> {
          long answers = sum.answers.sumThenReset();
          long micros = sum.micros.sumThenReset();
          sum.stride = Math.max(1, sum.asked.getAndSet(0) / SAMPLES);
          if (answers > 0) {
            means.put(service, micros / 1000.0 / answers);
          }
        });
    return means;
  }
}
