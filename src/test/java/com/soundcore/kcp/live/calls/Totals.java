package com.soundcore.kcp.live.calls;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.live.calls.Recorder.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All intervals of a run, added up by operation. Safe for use by several threads. */
public final class Totals {
  private final Map<Operation, Interval> byOperation = new LinkedHashMap<>();

  public synchronized void add(List<Interval> intervals) {
    for (Interval interval : intervals) {
      byOperation.merge(interval.operation(), interval, Totals::sum);
    }
  }

  private static Interval sum(Interval a, Interval b) {
    a.ok().add(b.ok());
    a.failed().add(b.failed());
    return new Interval(
        a.operation(), a.sent() + b.sent(), a.bytes() + b.bytes(), a.ok(), a.failed());
  }

  /** Copies, so that they stay as they are. */
  public synchronized List<Interval> all() {
    List<Interval> copies = new ArrayList<>();
    for (Interval one : byOperation.values()) {
      copies.add(
          new Interval(
              one.operation(), one.sent(), one.bytes(), one.ok().copy(), one.failed().copy()));
    }
    return copies;
  }

  public synchronized Map<String, Figures> figures() {
    return Figures.of(List.copyOf(byOperation.values()));
  }
}
