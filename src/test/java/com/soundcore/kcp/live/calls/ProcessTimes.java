package com.soundcore.kcp.live.calls;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Time spent in the applications themselves, from the header {@code X-Process-Time} of their
 * answers. The rest of a response time was spent in front of them: in queues, proxies and networks.
 */
public final class ProcessTimes {
  private static final class Sum {
    private final LongAdder micros = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int stride = 1;
  }

  /** Number of answers of each service that are enough for a mean between two polls. */
  private static final int SAMPLES = 500;

  private final Map<String, Sum> byService = new ConcurrentHashMap<>();
  private volatile boolean wanted = true;

  /** Sets whether anything reads these times. */
  public void wanted(boolean someone) {
    wanted = someone;
  }

  /**
   * Returns whether to read the next answer's header, which costs time. It samples every n-th
   * answer. The number of answers before the last poll sets n, so that the samples spread evenly
   * over time.
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

  /** Returns the mean in ms of each service that reported times since the last poll. */
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
