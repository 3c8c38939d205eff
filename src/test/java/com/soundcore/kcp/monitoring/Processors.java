package com.soundcore.kcp.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The processors that this process may use, and their utilization. Their number is limited by CPU
 * affinity and by the control group's quota (cgroup v2 or v1). On other systems than Linux, only
 * their number is known.
 */
public final class Processors {
  private static final int IDLE = 4;
  private static final int IO_WAIT = 5;
  private static final int STEAL = 8;

  private final Path root;
  private final Optional<Path> limiting;
  private Counters before;

  /**
   * Utilization since the last call.
   *
   * @param busy the fraction of time in use, from 0 to 1; 1 also if the quota ran out in every
   *     period
   * @param stealShare the fraction of time that the hypervisor gave to other machines, from 0 to 1
   * @param throttledMs time for which the quota stopped this process, in ms
   */
  public record Use(double busy, double stealShare, double throttledMs) {}

  private record Counters(
      double busy, double steal, double all, double throttledMs, double periods, double used) {}

  public Processors() {
    this(Path.of("/"));
  }

  /**
   * @param root the folder that contains {@code proc} and {@code sys}
   */
  Processors(Path root) {
    this.root = root;
    limiting = group("", "sys/fs/cgroup").or(() -> group("cpu", "sys/fs/cgroup/cpu"));
    before = counters();
  }

  /** Returns the number of cores; a quota of 150 ms per 100 ms gives 1.5 cores. */
  public double cores() {
    int allowed = allowed().size();
    int cores = allowed == 0 ? Runtime.getRuntime().availableProcessors() : allowed;
    return limiting.map(group -> Math.min(cores, quota(group))).orElse((double) cores);
  }

  /** Returns the utilization since the last call. */
  public Use use() {
    Counters now = counters();
    double all = now.all - before.all;
    double busy = all <= 0 ? 0 : (now.busy - before.busy) / all;
    double steal = all <= 0 ? 0 : (now.steal - before.steal) / all;
    double periods = now.periods - before.periods;
    double used = periods <= 0 ? 0 : (now.used - before.used) / periods;
    double throttled = now.throttledMs - before.throttledMs;
    before = now;
    return new Use(within(Math.max(busy, used)), within(steal), Math.max(0, throttled));
  }

  private static double within(double share) {
    return Math.max(0, Math.min(1, share));
  }

  private Counters counters() {
    double[] ticks = ticks();
    double throttledMs = 0;
    double periods = 0;
    double used = 0;
    List<String> stat = limiting.map(group -> lines(group.resolve("cpu.stat"))).orElse(List.of());
    for (String line : stat) {
      switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
        case "throttled_usec" -> throttledMs = number(line) / 1e3;
        case "throttled_time" -> throttledMs = number(line) / 1e6;
        case "nr_periods" -> periods = number(line);
        case "nr_throttled" -> used = number(line);
        default -> {
          // Other lines do not concern the quota.
        }
      }
    }
    return new Counters(ticks[0], ticks[1], ticks[2], throttledMs, periods, used);
  }

  /** Returns busy, stolen and total ticks of the processors that this process may run on. */
  private double[] ticks() {
    Set<String> mine = new TreeSet<>();
    allowed().forEach(cpu -> mine.add("cpu" + cpu));
    double[] sum = new double[3];
    for (String line : lines(root.resolve("proc/stat"))) {
      String[] fields = line.strip().split("\\s+");
      if (mine.isEmpty() ? fields[0].equals("cpu") : mine.contains(fields[0])) {
        // The kernel already counts guest time as user time.
        for (int i = 1; i < Math.min(fields.length, STEAL + 1); i++) {
          double ticks = Double.parseDouble(fields[i]);
          sum[2] += ticks;
          sum[0] += i == IDLE || i == IO_WAIT || i == STEAL ? 0 : ticks;
          sum[1] += i == STEAL ? ticks : 0;
        }
      }
    }
    return sum;
  }

  /** Returns the CPU affinity of this process; empty if it is unknown. */
  private Set<Integer> allowed() {
    Set<Integer> cpus = new TreeSet<>();
    for (String line : lines(root.resolve("proc/self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        for (String range : line.substring(line.indexOf(':') + 1).strip().split(",")) {
          String[] ends = range.split("-");
          int last = Integer.parseInt(ends[ends.length - 1]);
          for (int cpu = Integer.parseInt(ends[0]); cpu <= last; cpu++) {
            cpus.add(cpu);
          }
        }
      }
    }
    return cpus;
  }

  /** Returns the control group whose quota limits this process: its own group or an ancestor. */
  private Optional<Path> group(String controller, String mount) {
    Path top = root.resolve(mount);
    Path own = top;
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && List.of(fields[1].split(",")).contains(controller)) {
        own = top.resolve(fields[2].substring(1));
      }
    }
    // In a container the named group may lie outside the mount. The root of the mount is then its
    // own group.
    for (Path group = Files.isDirectory(own) ? own : top;
        group.startsWith(top);
        group = group.getParent()) {
      if (quota(group) < Double.MAX_VALUE) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  /** Returns the cores that a group may use; {@code Double.MAX_VALUE} without a quota. */
  private static double quota(Path group) {
    List<String> v2 = lines(group.resolve("cpu.max"));
    if (!v2.isEmpty()) {
      String[] fields = v2.get(0).strip().split(" ");
      return fields[0].equals("max")
          ? Double.MAX_VALUE
          : Double.parseDouble(fields[0]) / Double.parseDouble(fields[1]);
    }
    List<String> quota = lines(group.resolve("cpu.cfs_quota_us"));
    List<String> period = lines(group.resolve("cpu.cfs_period_us"));
    return quota.isEmpty() || period.isEmpty() || quota.get(0).startsWith("-")
        ? Double.MAX_VALUE
        : Double.parseDouble(quota.get(0).strip()) / Double.parseDouble(period.get(0).strip());
  }

  private static double number(String line) {
    return Double.parseDouble(line.substring(line.indexOf(' ') + 1).strip());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException gone) {
      return List.of();
    }
  }
}
