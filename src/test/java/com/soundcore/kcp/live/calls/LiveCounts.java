package com.soundcore.kcp.live.calls;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.verdict.UnmeetableGates;
import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.LoadTime;
import com.soundcore.kcp.workload.Observer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Calls of a run in progress by second, as its log will show them. Decisions during the run use the
 * same counts as the verdict. Safe for use by several threads.
 */
public final class LiveCounts implements CallCounts, UnmeetableGates.Counts, Observer {
  // Answers may arrive for this many seconds after the last arrival.
  private static final int AFTERWARDS = 120;

  /** The seconds of a subject. */
  private static final class Seconds {
    private final int[] limitsMs;
    private final AtomicIntegerArray sent;
    private final AtomicIntegerArray answered;
    private final AtomicIntegerArray ended;
    private final AtomicIntegerArray failed;
    private final AtomicIntegerArray[] beyond;
    private final Map<String, Seconds> operations = new HashMap<>();

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
  private final Map<String, Seconds> byService = new HashMap<>();
  private final Seconds all;

  /**
   * @param seconds of the planned load
   * @param targets by service; their p95 decides whether a level held
   * @param limits by which calls are judged
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
    targets.keySet().forEach(name -> byService.put(name, new Seconds(limits.of(name), length)));
    limits.bySubject().keySet().stream()
        .filter(Subject::isOperation)
        .filter(name -> byService.containsKey(Subject.serviceOf(name)))
        .forEach(
            name ->
                byService
                    .get(Subject.serviceOf(name))
                    .operations
                    .put(Subject.nameOf(name), new Seconds(limits.of(name), length)));
    all = new Seconds(limits.of(Subject.ALL), length);
    byService.put(Subject.ALL, all);
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
    Seconds service = byService.get(operation.service());
    int now = index(time.millis());
    service.sent.incrementAndGet(now);
    Seconds own = service.operations.get(operation.name());
    if (own != null) {
      own.sent.incrementAndGet(now);
    }
  }

  @Override
  public void answered(Operation operation, int millis, boolean ok, int bytes, String wrong) {
    long now = time.millis();
    int start = index(now - millis);
    Seconds service = byService.get(operation.service());
    service.answered.incrementAndGet(start);
    service.ended.incrementAndGet(index(now));
    if (!ok) {
      service.failed.incrementAndGet(start);
      all.failed.incrementAndGet(start);
    }
    beyond(service, start, millis);
    beyond(all, start, millis);
    Seconds own = service.operations.get(operation.name());
    if (own != null) {
      own.answered.incrementAndGet(start);
      if (!ok) {
        own.failed.incrementAndGet(start);
      }
      beyond(own, start, millis);
    }
  }

  private Target own(String subject) {
    Target target = targets.get(Subject.serviceOf(subject));
    return Subject.isOperation(subject) ? target.of(Subject.nameOf(subject)) : target;
  }

  private Seconds of(String subject) {
    Seconds service = byService.get(Subject.serviceOf(subject));
    return Subject.isOperation(subject) ? service.operations.get(Subject.nameOf(subject)) : service;
  }

  private static void beyond(Seconds subject, int second, int millis) {
    for (int i = 0; i < subject.limitsMs.length; i++) {
      if (millis >= subject.limitsMs[i]) {
        subject.beyond[i].incrementAndGet(second);
      }
    }
  }

  @Override
  public long answered(String subject, int second) {
    if (!subject.equals(Subject.ALL)) {
      return of(subject).answered.get(index(second * 1000L));
    }
    return byService.values().stream().mapToLong(s -> s.answered.get(index(second * 1000L))).sum();
  }

  @Override
  public long beyond(String subject, int second, int limitMs) {
    int index = index(second * 1000L);
    Seconds seconds = of(subject);
    return limitMs == 0 ? seconds.failed.get(index) : seconds.beyond(index, limitMs);
  }

  @Override
  public long started(String service, int second) {
    return of(service).sent.get(index(second * 1000L));
  }

  @Override
  public long ended(String service, int second) {
    return of(service).ended.get(index(second * 1000L));
  }

  @Override
  public long failed(String service, int second) {
    return of(service).failed.get(index(second * 1000L));
  }

  @Override
  public long slow(String service, int second) {
    Seconds seconds = of(service);
    int index = index(second * 1000L);
    int waiting = Math.max(0, seconds.sent.get(index) - seconds.answered.get(index));
    // Calls still open count as slow. Callers must only ask for seconds that ended longer ago than
    // the limit.
    return waiting + (long) seconds.beyond(index, (int) own(service).p95().toMillis());
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
