package com.soundcore.kcp.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLoopsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3", "4,3", "8,7", "16,15", "64,63"})
  void eachCoreHasOneAndFromFourOnOneIsLeftForTheRest(int cores, int loops) {
    assertThat(EventLoops.forCores(cores)).isEqualTo(loops);
  }

  private static String machine(Map<String, String> overrides, Map<String, String> environment)
      throws IOException {
    try (SuiteProcess run = SuiteProcess.start("Smoke", overrides, environment)) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      return new ObjectMapper()
          .readTree(run.folder().resolve("kcp/summary.json").toFile())
          .at("/run/machine")
          .asText();
    }
  }

  @Test
  @Tag("slow")
  void aRealRunHasAsManyAsItsMachineHasCoresUnlessOneSaysOtherwise() throws IOException {
    Map<String, String> oneService = Map.of("kcp.services", "auth");
    String sixteen = machine(oneService, Map.of("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=16"));
    assertThat(sixteen).startsWith("16 cores, ");
    String fixed =
        machine(
            Map.of("kcp.services", "auth", "io.netty.eventLoopThreads", "5"),
            Map.of("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=16"));
    assertThat(fixed).startsWith("16 cores (5 event loops), ");
  }
}
