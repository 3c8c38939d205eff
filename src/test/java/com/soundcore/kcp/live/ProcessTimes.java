package com.soundcore.kcp.live;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long the applications themselves took, by the header {@code X-Process-Time} of their answers.
 * The rest of a response time was spent before them: in queues, proxies and networks.
 */
final class ProcessTimes {
  private static final class Sum {
    private final LongAdder micros = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final AtomicInteger left = new AtomicInteger(SAMPLES);
  }

  /** Answers of each service that are looked at between two readings: a mean needs no more. */
  private static final int SAMPLES = 500;

  private final Map<String, Sum> byService = new ConcurrentHashMap<>();

  /** Whether another one is wanted before the next reading; reading a header costs. */
  boolean wants(String service) {
    AtomicInteger left = sum(service).left;
    return left.get() > 0 && left.getAndDecrement() > 0;
  }

  private Sum sum(String service) {
    Sum known = byService.get(service);
    return known == null ? byService.computeIfAbsent(service, name -> new Sum()) : known;
  }

  void add(String service, double millis) {
    Sum sum = sum(service);
    sum.micros.add((long) (millis * 1000));
    sum.answers.increment();
  }

  /** The mean in ms of each service that said so, since the last time this was asked. */
  Map<String, Double> meansThenReset() {
    Map<String, Double> means = new TreeMap<>();
    byService.forEach(
        (service, sum) -> {
          long answers = sum.answers.sumThenReset();
          long micros = sum.micros.sumThenReset();
          sum.left.set(SAMPLES);
          if (answers > 0) {
            means.put(service, micros / 1000.0 / answers);
          }
        });
    return means;
  }
}
