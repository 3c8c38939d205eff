package com.soundcore.kcp.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLoopsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3", "4,3", "8,7", "16,15", "64,63"})
  void eachCoreHasOneAndFromFourOnOneIsLeftForTheRest(int cores, int loops) {
    assertThat(EventLoops.forCores(cores)).isEqualTo(loops);
  }

  private static SuiteProcess onSixteenCores(Map<String, String> more) {
    Map<String, String> overrides = new HashMap<>(more);
    overrides.put("kcp.services", "auth");
    overrides.put("kcp.load-scale", "0.1");
    overrides.put("kcp.time-scale", "0.05");
    return SuiteProcess.start(
        "Qps10k", overrides, Map.of("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=16"));
  }

  /** Gatling's own threads, as the kernel has them. */
  private static long loops(SuiteProcess run) throws IOException {
    Path threads = Path.of("/proc", String.valueOf(run.handle().pid()), "task");
    try (Stream<Path> all = Files.list(threads)) {
      return all.filter(thread -> nameOf(thread).matches("gatling-\\d+-\\d+")).count();
    }
  }

  private static String nameOf(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException ended) {
      return "";
    }
  }

  @Test
  @Tag("full")
  @Tag("alone")
  @EnabledOnOs(value = OS.LINUX, disabledReason = "looks at /proc")
  void aRealRunHasAsManyAsItsMachineHasCoresUnlessOneSaysOtherwise() throws IOException {
    try (SuiteProcess run = onSixteenCores(Map.of())) {
      run.await("kcp 0:10 of", LIMIT);
      assertThat(loops(run)).isEqualTo(15);
    }
    try (SuiteProcess run = onSixteenCores(Map.of("io.netty.eventLoopThreads", "5"))) {
      run.await("kcp 0:10 of", LIMIT);
      assertThat(loops(run)).isEqualTo(5);
      run.exitCode(LIMIT);
      assertThat(Files.readString(run.folder().resolve("kcp/summary.json")))
          .contains("\"machine\" : \"16 cores (5 event loops), ");
    }
  }
}
