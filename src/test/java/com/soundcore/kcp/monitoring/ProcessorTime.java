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
 * The processor time that JVMs take, and the part of it that their compilers take (C1 and C2):
 * while these work, a request costs more than it will. On Linux alone the compilers are known.
 */
final class ProcessorTime {
  private static final Path PROC = Path.of("/proc");
  // The kernel counts in hundredths of a second, on every machine that Java runs on.
  private static final double TICKS_PER_SECOND = 100;
  // After the name, which may hold spaces: user time and system time are its 12th and 13th fields.
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private final Supplier<List<ProcessHandle>> processes;
  private Map<Long, Spent> before;

  /**
   * Seconds of processor time.
   *
   * @param all of all threads
   * @param compilers those of the compilers
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
   * @param processes the processes to measure; they may change
   */
  ProcessorTime(Supplier<List<ProcessHandle>> processes) {
    this.processes = processes;
    before = now();
  }

  /** What they took since the last time this was asked. */
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

  /** A thread's seconds if it is a compiler's; a thread may end while it is read. */
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
