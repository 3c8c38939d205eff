package com.soundcore.kcp.backend.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU quota for this process, by its own control group, as in a container (cgroup v1 or v2). The
 * user must be allowed to create control groups.
 */
public final class ProcessorQuota {
  private static final long PERIOD_MICROS = 100_000;
  private static final Path V1 = Path.of("/sys/fs/cgroup/cpu");
  private static final Path V2 = Path.of("/sys/fs/cgroup");
  private static volatile Path group;

  private ProcessorQuota() {}

  /**
   * Limits this process to a share of a processor from now on.
   *
   * @param share from 0 to 1
   */
  public static void impose(double share) {
    long pid = ProcessHandle.current().pid();
    boolean old = Files.isDirectory(V1);
    Path own = (old ? V1 : V2).resolve("kcp-quota-" + pid);
    long micros = Math.max(1000, (long) (share * PERIOD_MICROS));
    try {
      Files.createDirectory(own);
      removedWithThisProcess(own);
      if (old) {
        Files.writeString(own.resolve("cpu.cfs_quota_us"), String.valueOf(micros));
      } else {
        Files.writeString(own.resolve("cpu.max"), micros + " " + PERIOD_MICROS);
      }
      group = own;
      Files.writeString(own.resolve("cgroup.procs"), String.valueOf(pid));
    } catch (IOException notAllowed) {
      System.err.println("planted quota: no control group could be made: " + notAllowed);
    }
  }

  /** Returns the seconds in which the quota has stopped this process; 0 without a quota. */
  public static double stoppedSeconds() {
    Path own = group;
    if (own == null) {
      return 0;
    }
    try {
      List<String> lines = Files.readAllLines(own.resolve("cpu.stat"));
      return value(lines, "throttled_usec") / 1e6 + value(lines, "throttled_time") / 1e9;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static double value(List<String> lines, String name) {
    return lines.stream()
        .map(line -> line.split(" "))
        .filter(words -> words[0].equals(name))
        .mapToDouble(words -> Double.parseDouble(words[1]))
        .sum();
  }

  /**
   * Removes the group after this process has exited, by a shell outside the group. A group can be
   * removed only when it has no process.
   */
  private static void removedWithThisProcess(Path own) throws IOException {
    String script =
        "cat > /dev/null; for attempt in 1 2 3 4 5 6 7 8 9; do rmdir \"$0\" && exit; sleep 0.5;"
            + " done";
    List<String> command = List.of("sh", "-c", script, own.toString());
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
