package com.soundcore.kcp.monitoring;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Processor time that JVMs use, and the share of their JIT compilers (C1 and C2). While the
 * compilers work, a request costs more than after warm-up. Compiler time is known on Linux only;
 * elsewhere it is 0.
 */
final class ProcessorTime {
  private static final Path PROC = Path.of("/proc");
  // The kernel counts in hundredths of a second on every machine that runs Java.
  private static final double TICKS_PER_SECOND = 100;
  // Fields count from after the name, because the name may contain spaces. User and system time are
  // the 12th and 13th.
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private final Supplier<List<ProcessHandle>> processes;
  private Map<Long, Spent> before;

  /**
   * Processor time in seconds.
   *
   * @param all time of all threads
   * @param compilers time of the compiler threads
   */
  record Spent(double all, double compilers) {
    private Spent plus(Spent other) {
      return new Spent(all + other.all, compilers + other.compilers);
    }

    private Spent since(Spent earlier) {
      return new Spent(Math.max(0, all - earlier.all), Math.max(0, compilers - earlier.compilers));
    }
  }

  /**
   * @param processes returns the processes to measure; they may change
   */
  ProcessorTime(Supplier<List<ProcessHandle>> processes) {
    this.processes = processes;
    before = now();
  }

  /** Returns the processor time used since the last call. */
  Spent spent() {
    Map<Long, Spent> now = now();
    Spent spent = new Spent(0, 0);
    for (Map.Entry<Long, Spent> process : now.entrySet()) {
      Spent earlier = before.getOrDefault(process.getKey(), new Spent(0, 0));
      spent = spent.plus(process.getValue().since(earlier));
    }
    before = now;
    return spent;
  }

  private Map<Long, Spent> now() {
    Map<Long, Spent> now = new HashMap<>();
    for (ProcessHandle process : processes.get()) {
      double all = process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
      now.put(process.pid(), new Spent(all, compilers(process.pid())));
    }
    return now;
  }

  private static double compilers(long pid) {
    Path tasks = PROC.resolve(pid + "/task");
    if (!Files.isDirectory(tasks)) {
      return 0;
    }
    double seconds = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        seconds += compiler(thread);
      }
    } catch (IOException ended) {
      return seconds;
    }
    return seconds;
  }

  /**
   * Returns the thread's seconds if it is a compiler thread, else 0. A thread may exit while it is
   * read.
   */
  private static double compiler(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
        return 0;
      }
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Double.parseDouble(fields[USER]) + Double.parseDouble(fields[SYSTEM]))
          / TICKS_PER_SECOND;
    } catch (IOException | IndexOutOfBoundsException ended) {
      return 0;
    }
  }
}
