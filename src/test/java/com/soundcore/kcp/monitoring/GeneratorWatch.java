package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.run.GeneratorSample;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Self-monitoring of the generator with one sample a second: CPU, garbage collection, sockets, and
 * how late an idle thread wakes up.
 *
 * <p>The wake-up delay is jHiccup's method (G. Tene): a pause of the idle thread also delayed the
 * others.
 */
public final class GeneratorWatch implements AutoCloseable {
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  // Shorter delays come from timer resolution.
  private static final double SMALLEST_PAUSE_MS = 20;

  private final List<GeneratorSample> samples = new ArrayList<>();
  private final Thread thread = new Thread(this::watch, "generator-watch");
  private final long start = System.nanoTime();
  private final Processors processors = new Processors();
  private final ProcessorTime own = new ProcessorTime(() -> List.of(ProcessHandle.current()));
  private final ProcessorTime embedded;
  private final EventLoopWatch loops;
  private volatile boolean open = true;
  private long sampled = start;

  /**
   * @param loops the event loops of the virtual users
   * @param embedded returns the processes of the embedded backend; they may change
   */
  public GeneratorWatch(EventLoopWatch loops, Supplier<List<ProcessHandle>> embedded) {
    this.loops = loops;
    this.embedded = new ProcessorTime(embedded);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns all samples so far. */
  public synchronized List<GeneratorSample> samples() {
    return List.copyOf(samples);
  }

  /**
   * Returns the latest sample; before the first one, a sample of zeros with the current count of
   * open files.
   */
  public synchronized GeneratorSample latest() {
    return samples.isEmpty()
        ? new GeneratorSample(0, 0, 0, 0, 0, 0, openFiles())
        : samples.get(samples.size() - 1);
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }

  private void watch() {
    long collected = collectionMillis();
    int second = 0;
    while (open) {
      double longest = 0;
      double paused = 0;
      long end = start + TimeUnit.SECONDS.toNanos(second + 1L);
      long before = System.nanoTime();
      while (open && before < end) {
        LockSupport.parkNanos(NAP_NANOS);
        long now = System.nanoTime();
        double late = (now - before - NAP_NANOS) / 1e6;
        longest = Math.max(longest, late);
        paused += late > SMALLEST_PAUSE_MS ? late : 0;
        before = now;
      }
      long collectedNow = collectionMillis();
      add(sample(second, longest, paused, collectedNow - collected, before));
      collected = collectedNow;
      second = (int) Math.max(second + 1L, TimeUnit.NANOSECONDS.toSeconds(before - start));
    }
  }

  private GeneratorSample sample(
      int second, double longest, double paused, long collected, long now) {
    double available = processors.cores() * (now - sampled) / 1e9;
    sampled = now;
    Processors.Use machine = processors.use();
    ProcessorTime.Spent mine = own.spent();
    ProcessorTime.Spent backend = embedded.spent();
    return new GeneratorSample(
        second,
        mine.all() / available,
        machine.busy(),
        longest,
        paused,
        collected,
        openFiles(),
        machine.throttledMs(),
        machine.stealShare(),
        loops.worstThenReset(),
        backend.all() / available,
        (mine.compilers() + backend.compilers()) / available);
  }

  private synchronized void add(GeneratorSample sample) {
    samples.add(sample);
  }

  private static long collectionMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : -1;
  }
}
