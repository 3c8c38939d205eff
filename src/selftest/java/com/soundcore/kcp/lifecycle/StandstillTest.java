package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.report.HistogramReport;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process that stands still in the middle of a run: the system's, and then the generator's. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "sends signals")
@Tag("full")
@Tag("alone")
class StandstillTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  // At the full rate; the ramp of five more counts half.
  private static final double SECONDS = 40 + 5 / 2.0;
  // Journeys of one call each: the next call of a longer one is due when the last is answered.
  private static final Map<String, String> FORTY_SECONDS =
      Map.of(
          "kcp.workload", "read-heavy",
          "kcp.load-scale", "0.015",
          "kcp.tests.qps10k.stages.0.over", "5s",
          "kcp.tests.qps10k.stages.0.at-least", "5s",
          "kcp.tests.qps10k.stages.1.hold", "40s");

  /** Stops a process for so long; says for how many seconds it was at least, and at most. */
  private static double[] stopped(ProcessHandle process, long millis)
      throws IOException, InterruptedException {
    long first = System.nanoTime();
    signal("-STOP", process);
    long from = System.nanoTime();
    long until = from + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    double least = (System.nanoTime() - from) / 1e9;
    signal("-CONT", process);
    return new double[] {least, (System.nanoTime() - first) / 1e9};
  }

  private static void signal(String name, ProcessHandle process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
  }

  @Test
  void everyCallThatWasDueInAStallOfTheSystemIsInItsPercentiles() throws Exception {
    try (SuiteProcess run = SuiteProcess.start("Qps10k", FORTY_SECONDS)) {
      run.await("kcp 0:20 of", LIMIT);
      ProcessHandle backend =
          run.descendants(line -> line.contains("BackendProgram")).iterator().next();
      double[] stall = stopped(backend, 2000);
      run.exitCode(LIMIT);
      Histogram all = HistogramReport.read(new RunFolder(run.folder())).get("all");
      // Calls come evenly: one that is due x seconds before the end of the stall takes x.
      double beyond = 0.01 * SECONDS;
      assertThat(stall[0] - beyond).isGreaterThan(1);
      assertThat(all.getValueAtPercentile(99) / 1000.0)
          .isBetween((stall[0] - beyond) * 0.95, (stall[1] - beyond) * 1.05);
    }
  }

  @Test
  void aGeneratorThatStoodStillProvesNothing() throws Exception {
    try (SuiteProcess run = SuiteProcess.start("Qps10k", FORTY_SECONDS)) {
      run.await("kcp 0:20 of", LIMIT);
      stopped(run.handle(), 3000);
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(3);
      assertThat(run.output())
          .containsPattern("INVALID\\n(?:  .*\\n)*  the generator paused for [23],\\d{3} ms");
      // Its event loops were watched, and stood still with it.
      assertThat(new RunFolder(run.folder()).facts().end().generator())
          .anyMatch(sample -> sample.loopLateMs() > 2000);
    }
  }
}
