package com.soundcore.kcp.live.calls;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.live.calls.Recorder.Interval;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All intervals of a run, summed by operation. Safe for use by several threads. */
public final class Totals {
  private final Map<Operation, Interval> byOperation = new LinkedHashMap<>();

  /** Adds intervals without changing them. */
  public synchronized void add(Collection<Interval> intervals) {
    for (Interval interval : intervals) {
      Interval known = byOperation.get(interval.operation());
      byOperation.put(interval.operation(), known == null ? copy(interval) : sum(known, interval));
    }
  }

  private static Interval copy(Interval one) {
    return new Interval(
        one.operation(), one.sent(), one.bytes(), one.ok().copy(), one.failed().copy());
  }

  private static Interval sum(Interval a, Interval b) {
    a.ok().add(b.ok());
    a.failed().add(b.failed());
    return new Interval(
        a.operation(), a.sent() + b.sent(), a.bytes() + b.bytes(), a.ok(), a.failed());
  }

  /** Returns copies, which later calls do not change. */
  public synchronized List<Interval> all() {
    return byOperation.values().stream().map(Totals::copy).toList();
  }

  public synchronized Map<String, Figures> figures() {
    return Figures.of(List.copyOf(byOperation.values()));
  }
}
