package com.soundcore.kcp.live.calls;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.LoadTime;
import com.soundcore.kcp.workload.Observer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The calls of a run that still runs, second by second, as its log will have them: what is decided
 * while it runs rests on the same counts as the verdict. Safe for use by several threads.
 */
public final class LiveCounts implements CallCounts, Observer {
  // Answers may come for so long after the last arrival.
  private static final int AFTERWARDS = 120;

  /** The seconds of a subject. */
  private static final class Seconds {
    private final int[] limitsMs;
    private final AtomicIntegerArray sent;
    private final AtomicIntegerArray answered;
    private final AtomicIntegerArray ended;
    private final AtomicIntegerArray failed;
    private final AtomicIntegerArray[] beyond;

    Seconds(List<Integer> limits, int length) {
      limitsMs = limits.stream().mapToInt(Integer::intValue).toArray();
      sent = new AtomicIntegerArray(length);
      answered = new AtomicIntegerArray(length);
      ended = new AtomicIntegerArray(length);
      failed = new AtomicIntegerArray(length);
      beyond = new AtomicIntegerArray[limitsMs.length];
      for (int i = 0; i < beyond.length; i++) {
        beyond[i] = new AtomicIntegerArray(length);
      }
    }

    int beyond(int second, int limitMs) {
      for (int i = 0; i < limitsMs.length; i++) {
        if (limitsMs[i] == limitMs) {
          return beyond[i].get(second);
        }
      }
      throw new IllegalArgumentException("not counted: " + limitMs + " ms");
    }
  }

  private final LoadTime time;
  private final InFlight inFlight;
  private final ClosedConnections closed;
  private final int length;
  private final Map<String, Target> targets;
  private final Map<String, Seconds> bySubject = new HashMap<>();
  private final Seconds all;

  /**
   * @param seconds of the planned load
   * @param targets by service; by their p95 levels of load are judged
   * @param limits that calls are judged by
   */
  public LiveCounts(
      LoadTime time,
      InFlight inFlight,
      ClosedConnections closed,
      int seconds,
      Map<String, Target> targets,
      LatencyLimits limits) {
    this.time = time;
    this.inFlight = inFlight;
    this.closed = closed;
    this.length = seconds + AFTERWARDS;
    this.targets = targets;
    targets.keySet().forEach(name -> bySubject.put(name, new Seconds(limits.of(name), length)));
    all = new Seconds(limits.of(LatencyLimits.ALL), length);
    bySubject.put(LatencyLimits.ALL, all);
  }

  private int index(long millis) {
    return (int) Math.max(0, Math.min(length - 1L, millis / 1000));
  }

  @Override
  public void userStarts() {
    // the clock has started
  }

  @Override
  public void userEnds() {
    // only calls count
  }

  @Override
  public void sent(Operation operation) {
    bySubject.get(operation.service()).sent.incrementAndGet(index(time.millis()));
  }

  @Override
  public void answered(Operation operation, int millis, boolean ok, int bytes, String wrong) {
    long now = time.millis();
    int start = index(now - millis);
    Seconds service = bySubject.get(operation.service());
    service.answered.incrementAndGet(start);
    service.ended.incrementAndGet(index(now));
    if (!ok) {
      service.failed.incrementAndGet(start);
      all.failed.incrementAndGet(start);
    }
    beyond(service, start, millis);
    beyond(all, start, millis);
  }

  private static void beyond(Seconds subject, int second, int millis) {
    for (int i = 0; i < subject.limitsMs.length; i++) {
      if (millis >= subject.limitsMs[i]) {
        subject.beyond[i].incrementAndGet(second);
      }
    }
  }

  /** Calls that were sent in a second and have ended; of one service or of all. */
  public long answered(String subject, int second) {
    if (!subject.equals(LatencyLimits.ALL)) {
      return bySubject.get(subject).answered.get(index(second * 1000L));
    }
    return bySubject.values().stream().mapToLong(s -> s.answered.get(index(second * 1000L))).sum();
  }

  /** Those of them that failed, or took at least so long. */
  public long beyond(String subject, int second, int limitMs) {
    int index = index(second * 1000L);
    Seconds seconds = bySubject.get(subject);
    return limitMs == 0 ? seconds.failed.get(index) : seconds.beyond(index, limitMs);
  }

  @Override
  public long started(String service, int second) {
    return bySubject.get(service).sent.get(index(second * 1000L));
  }

  @Override
  public long ended(String service, int second) {
    return bySubject.get(service).ended.get(index(second * 1000L));
  }

  @Override
  public long failed(String service, int second) {
    return bySubject.get(service).failed.get(index(second * 1000L));
  }

  @Override
  public long slow(String service, int second) {
    Seconds seconds = bySubject.get(service);
    int index = index(second * 1000L);
    int waiting = Math.max(0, seconds.sent.get(index) - seconds.answered.get(index));
    // Who asks for a second that is over by more than the limit may count these as slow.
    return waiting + (long) seconds.beyond(index, (int) targets.get(service).p95().toMillis());
  }

  @Override
  public long shed(String service, int from, int to) {
    return inFlight.shed(service, from, to);
  }

  @Override
  public long closed(String service, int from, int to) {
    return closed.bySecond().total(service, from, to);
  }

  @Override
  public long perhapsDropped(String service, int from, int to) {
    return closed.bySecond().perhaps(service, from, to);
  }
}
