package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
  private static void work(double seconds) {
    long end =
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + (long) (seconds * 1e9);
    while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatAProcessTookSinceTheLastTimeIsCountedOnce() {
    ProcessorTime time = new ProcessorTime(() -> List.of(ProcessHandle.current()));
    time.spent();
    work(0.3);
    assertThat(time.spent().all()).isGreaterThanOrEqualTo(0.28);
    assertThat(time.spent().all()).isLessThan(0.28);
  }

  @Test
  void aProcessThatJoinsCountsWithAllThatItTookAndNoneTakesNothing() {
    List<ProcessHandle> processes = new ArrayList<>();
    ProcessorTime time = new ProcessorTime(() -> processes);
    work(0.1);
    assertThat(time.spent()).isEqualTo(new ProcessorTime.Spent(0, 0));
    processes.add(ProcessHandle.current());
    ProcessorTime.Spent spent = time.spent();
    assertThat(spent.all()).isGreaterThanOrEqualTo(0.1);
    // This JVM has compiled something by now, where it says so (Linux).
    assertThat(spent.compilers()).isBetween(0.0, spent.all());
  }
}
