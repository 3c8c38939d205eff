package com.soundcore.kcp.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time that was taken from this machine or this process, as Linux counts it: by a control
 * group's quota (cgroup v2 or v1), and by the hypervisor (steal). Elsewhere it is always 0.
 */
final class CpuContention {
  private static final Path STAT = Path.of("/proc/stat");
  private static final List<Path> CPU_STATS =
      List.of(Path.of("/sys/fs/cgroup/cpu.stat"), Path.of("/sys/fs/cgroup/cpu/cpu.stat"));
  private static final int STEAL = 8;

  private final Path stat;
  private final List<Path> cpuStats;
  private double throttledMs;
  private double[] steal;

  CpuContention() {
    this(STAT, CPU_STATS);
  }

  /**
   * @param stat the machine's processors, as {@code /proc/stat}
   * @param cpuStats the control group's quota; the first that has one counts
   */
  CpuContention(Path stat, List<Path> cpuStats) {
    this.stat = stat;
    this.cpuStats = List.copyOf(cpuStats);
    throttledMs = throttledSoFarMs();
    steal = stealAndAll();
  }

  /** Milliseconds in which the quota stopped this process, since the last time this was asked. */
  double throttledMs() {
    double now = throttledSoFarMs();
    double since = Math.max(0, now - throttledMs);
    throttledMs = now;
    return since;
  }

  /** The fraction of all cores' time that others got, since the last time this was asked. */
  double stealShare() {
    double[] now = stealAndAll();
    double all = now[1] - steal[1];
    double share = all <= 0 ? 0 : Math.max(0, now[0] - steal[0]) / all;
    steal = now;
    return share;
  }

  private double throttledSoFarMs() {
    for (Path file : cpuStats) {
      for (String line : lines(file)) {
        if (line.startsWith("throttled_usec ")) {
          return number(line) / 1e3;
        }
        if (line.startsWith("throttled_time ")) {
          return number(line) / 1e6;
        }
      }
    }
    return 0;
  }

  private static double number(String line) {
    return Double.parseDouble(line.substring(line.indexOf(' ') + 1).strip());
  }

  private double[] stealAndAll() {
    List<String> lines = lines(stat);
    if (lines.isEmpty()) {
      return new double[2];
    }
    String[] fields = lines.get(0).strip().split("\\s+");
    double all = 0;
    // Guests' time is counted as users' already.
    for (int i = 1; i < Math.min(fields.length, STEAL + 1); i++) {
      all += Double.parseDouble(fields[i]);
    }
    return new double[] {fields.length > STEAL ? Double.parseDouble(fields[STEAL]) : 0, all};
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException gone) {
      return List.of();
    }
  }
}
