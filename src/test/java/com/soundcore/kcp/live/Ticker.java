package com.soundcore.kcp.live;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.live.calls.Recorder;
import com.soundcore.kcp.live.calls.Recorder.Interval;
import com.soundcore.kcp.live.calls.Totals;
import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.LoadTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Poller of the run. It polls once a second and passes a snapshot to its listeners. */
public final class Ticker implements AutoCloseable {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * Sources that are polled in addition to the calls.
   *
   * @param cores available to this process
   */
  public record Sources(
      InFlight inFlight,
      double cores,
      Supplier<GeneratorSample> generator,
      Supplier<Map<String, Map<String, Double>>> resources) {}

  private final LoadTime time;
  private final Supplier<RunMetadata> plan;
  private final Recorder recorder;
  private final Sources sources;
  private final List<Consumer<LiveSnapshot>> watchers;
  private final Totals totals;
  private final Thread thread = new Thread(this::tick, "live-ticker");
  private volatile boolean open = true;
  private long start;
  private long before;

  /**
   * Starts polling in the seconds of the load, which begin when the first user starts.
   *
   * @param plan the current plan
   * @param totals where all calls are added up
   * @param watchers receive each second on the ticker's thread and must not block
   */
  Ticker(
      LoadTime time,
      Supplier<RunMetadata> plan,
      Recorder recorder,
      Totals totals,
      Sources sources,
      List<Consumer<LiveSnapshot>> watchers) {
    this.time = time;
    this.plan = plan;
    this.recorder = recorder;
    this.totals = totals;
    this.sources = sources;
    this.watchers = List.copyOf(watchers);
    thread.setDaemon(true);
    thread.start();
  }

  /** Polls a last time after the load has ended. */
  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns correct and failed answers by "service / operation", once the ticker is closed. */
  public Map<String, Answered> answered() {
    Map<String, Answered> all = new LinkedHashMap<>();
    for (Interval one : totals.all()) {
      all.put(
          one.operation().fullName(),
          new Answered(one.ok().getTotalCount(), one.failed().getTotalCount()));
    }
    return all;
  }

  private void tick() {
    awaitBeginning();
    for (long next = start; open; ) {
      // Skips missed polls.
      next += ((System.nanoTime() - next) / SECOND + 1) * SECOND;
      while (open && System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      look();
    }
    // Answers that arrived during the last poll also count.
    look();
  }

  /**
   * Waits for the load to begin, but no longer than its planned length: a load that never begins
   * must become visible.
   */
  private void awaitBeginning() {
    long created = System.nanoTime();
    long late = TimeUnit.SECONDS.toNanos(plan.get().plannedSeconds());
    while (open && !time.isRunning() && System.nanoTime() - created < late) {
      LockSupport.parkNanos(A_MOMENT);
    }
    long now = System.nanoTime();
    start = time.isRunning() ? now - TimeUnit.MILLISECONDS.toNanos(time.millis()) : created;
    before = start;
  }

  private void look() {
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - before) / 1e9);
    before = now;
    List<Interval> intervals = recorder.take();
    totals.add(intervals.stream().map(Ticker::copy).toList());
    LiveSnapshot tick = tick((int) ((now - start - SECOND / 2) / SECOND), seconds, intervals);
    watchers.forEach(watcher -> show(watcher, tick));
  }

  /**
   * Passes a snapshot to a watcher. A broken watcher must not affect the other watchers, nor the
   * counts.
   */
  private static void show(Consumer<LiveSnapshot> watcher, LiveSnapshot tick) {
    try {
      watcher.accept(tick);
    } catch (RuntimeException | Error broken) {
      System.out.println("live: " + broken);
    }
  }

  private static Interval copy(Interval one) {
    return new Interval(
        one.operation(), one.sent(), one.bytes(), one.ok().copy(), one.failed().copy());
  }

  private LiveSnapshot tick(int second, double seconds, List<Interval> intervals) {
    RunMetadata facts = plan.get();
    double middle = second + 0.5;
    Map<String, Figures> now = Figures.of(intervals);
    Map<String, Figures> soFar = totals.figures();
    Map<String, Long> bytes = new HashMap<>();
    Map<String, Figures> operations = new LinkedHashMap<>();
    for (Interval one : intervals) {
      operations.put(one.operation().fullName(), soFar.get(one.operation().fullName()));
      bytes.merge(one.operation().service(), one.bytes(), Long::sum);
      bytes.merge(Figures.ALL, one.bytes(), Long::sum);
    }
    Map<String, Flow> services = new LinkedHashMap<>();
    for (String service : facts.operations().keySet()) {
      double planned = facts.load().rps(service, middle);
      services.put(service, flow(service, planned, seconds, bytes, now, soFar));
    }
    Flow all = flow(Figures.ALL, facts.load().rps(middle), seconds, bytes, now, soFar);
    return new LiveSnapshot(
        second,
        facts.plannedSeconds(),
        facts.load().phaseAt(middle).map(Phase::name).orElse(""),
        recorder.users(),
        facts.load().users(middle),
        sources.inFlight().now(),
        sources.inFlight().shed(),
        all,
        services,
        operations,
        sources.generator().get(),
        sources.resources().get(),
        recorder.failures(),
        List.of());
  }

  private static Flow flow(
      String of,
      double planned,
      double seconds,
      Map<String, Long> bytes,
      Map<String, Figures> now,
      Map<String, Figures> soFar) {
    Figures ofNow = now.getOrDefault(of, Figures.NONE);
    return new Flow(
        rounded(planned),
        rounded(ofNow.sent() / seconds),
        Math.round(bytes.getOrDefault(of, 0L) / seconds),
        ofNow,
        soFar.getOrDefault(of, Figures.NONE));
  }

  private static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}
