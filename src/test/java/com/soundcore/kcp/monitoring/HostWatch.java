package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.run.ResourceSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Metrics of the machine that runs the suite, from Linux's {@code /proc}: used and stolen CPU,
 * runnable threads, available memory, memory and disk pressure, and TCP retransmits. They matter
 * most if the system under test runs on the same machine.
 */
public final class HostWatch implements AutoCloseable {
  /** Name of the machine in metrics and findings. */
  public static final String NAME = "host";

  private static final Path PROC = Path.of("/proc");
  private static final double TICKS = 100;
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  private final Duration every;
  private final Path proc;
  private final long start = System.nanoTime();
  private final List<ResourceSample> samples = new ArrayList<>();
  private volatile Map<String, Double> latest = Map.of();
  private final Map<String, Double> counters = new HashMap<>();
  private final Thread thread = new Thread(this::watch, "host-watch");
  private long lastNanos = start;
  private volatile boolean open = true;

  /**
   * Starts to poll.
   *
   * @param every time between two samples; zero disables the watch
   */
  public HostWatch(Duration every) {
    this(every, PROC);
  }

  /**
   * @param proc the folder to read, such as {@code /proc}
   */
  HostWatch(Duration every, Path proc) {
    this.every = every;
    this.proc = proc;
    thread.setDaemon(true);
    if (!every.isZero() && Files.isReadable(proc.resolve("stat"))) {
      thread.start();
    }
  }

  public synchronized List<ResourceSample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }

  /** Returns the latest metrics by name; empty before the first poll. */
  public Map<String, Double> latest() {
    return latest;
  }

  private void watch() {
    lookOrNothing();
    for (long next = start + every.toNanos(); open; next += every.toNanos()) {
      while (open && System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      if (open) {
        Map<String, Double> figures = lookOrNothing();
        double second = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
        synchronized (this) {
          samples.add(new ResourceSample(second, NAME, figures));
          latest = figures;
        }
      }
    }
  }

  /** Files in {@code /proc} differ between kernels. An unknown format must not end the watch. */
  private Map<String, Double> lookOrNothing() {
    try {
      long now = System.nanoTime();
      double seconds = Math.max(0.001, (now - lastNanos) / 1e9);
      lastNanos = now;
      return look(seconds);
    } catch (RuntimeException otherFormat) {
      return Map.of();
    }
  }

  /**
   * Reads the metrics. Omits metrics whose file or line does not exist.
   *
   * @param seconds since the last poll
   */
  Map<String, Double> look(double seconds) {
    Map<String, Double> figures = new TreeMap<>();
    fields("stat", "cpu ").ifPresent(cpu -> processors(cpu, seconds, figures));
    fields("stat", "procs_running").ifPresent(f -> figures.put("ready-threads", number(f[1])));
    fields("meminfo", "MemAvailable:")
        .ifPresent(f -> figures.put("memory-available", number(f[1]) * 1024));
    pressure("memory", "memory-pressure", seconds, figures);
    pressure("io", "disk-pressure", seconds, figures);
    fields("net/snmp", "Tcp: 1")
        .ifPresent(f -> figures.put("retransmits", grown("retransmits", number(f[12])) / seconds));
    return figures;
  }

  /** Records the share of time in which at least one task waited for the resource. */
  private void pressure(String file, String name, double seconds, Map<String, Double> figures) {
    fields("pressure/" + file, "some")
        .ifPresent(
            f ->
                figures.put(name, grown(name, number(f[4].replace("total=", ""))) / 1e6 / seconds));
  }

  private void processors(String[] cpu, double seconds, Map<String, Double> figures) {
    double all = 0;
    for (int i = 1; i <= STEAL; i++) {
      all += number(cpu[i]);
    }
    double idle = number(cpu[IDLE]) + number(cpu[IO_WAIT]);
    figures.put("cpu", grown("busy", all - idle - number(cpu[STEAL])) / TICKS / seconds);
    figures.put("cpu-stolen", grown("steal", number(cpu[STEAL])) / TICKS / seconds);
    figures.put("waiting-for-disk", grown("io", number(cpu[IO_WAIT])) / TICKS / seconds);
    figures.put("cores", cores());
  }

  /** Counts the machine's cores. A control group may allow this process fewer. */
  private double cores() {
    try {
      return Files.readAllLines(proc.resolve("stat")).stream()
          .filter(line -> line.matches("cpu\\d+ .*"))
          .count();
    } catch (IOException notThere) {
      return 0;
    }
  }

  /** Returns 0 at the first poll. */
  private double grown(String counter, double value) {
    Double before = counters.put(counter, value);
    return before == null ? 0 : Math.max(0, value - before);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private Optional<String[]> fields(String file, String begin) {
    try {
      return Files.readAllLines(proc.resolve(file)).stream()
          .filter(line -> line.startsWith(begin))
          .findFirst()
          .map(line -> line.strip().split("\\s+"));
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }
}
