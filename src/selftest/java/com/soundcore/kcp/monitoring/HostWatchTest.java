package com.soundcore.kcp.monitoring;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostWatchTest {
  private static final Path RECORDED = Path.of("src/selftest/resources/recorded");

  @TempDir private Path proc;

  private HostWatch watch() {
    return new HostWatch(Duration.ZERO, proc);
  }

  private void copy(String when, String file) throws IOException {
    Path to = proc.resolve(file);
    Files.createDirectories(to.getParent());
    Files.copy(RECORDED.resolve("proc-" + when).resolve(file), to, REPLACE_EXISTING);
  }

  private void copyAll(String when) throws IOException {
    for (String file :
        new String[] {"stat", "meminfo", "pressure/memory", "pressure/io", "net/snmp"}) {
      copy(when, file);
    }
  }

  @Test
  void whatGrewBetweenTwoLooksIsPerSecond() throws IOException {
    copyAll("before");
    try (HostWatch watch = watch()) {
      Map<String, Double> first =
          Map.of(
              "cpu", 0.0,
              "cpu-stolen", 0.0,
              "waiting-for-disk", 0.0,
              "cores", 2.0,
              "ready-threads", 3.0,
              "memory-available", 3_072_000_000.0,
              "memory-pressure", 0.0,
              "disk-pressure", 0.0,
              "retransmits", 0.0);
      assertThat(watch.look(1)).isEqualTo(first);
      copyAll("after");
      assertThat(watch.look(5))
          .isEqualTo(
              Map.of(
                  "cpu", 0.8,
                  "cpu-stolen", 0.12,
                  "waiting-for-disk", 0.12,
                  "cores", 2.0,
                  "ready-threads", 7.0,
                  "memory-available", 2_560_000_000.0,
                  "memory-pressure", 0.3,
                  "disk-pressure", 0.1,
                  "retransmits", 5.0));
    }
  }

  @Test
  void aCounterThatBeginsAgainHasNotGrown() throws IOException {
    copyAll("after");
    try (HostWatch watch = watch()) {
      watch.look(1);
      copyAll("before");
      assertThat(new TreeMap<>(watch.look(1)))
          .containsEntry("cpu", 0.0)
          .containsEntry("cpu-stolen", 0.0)
          .containsEntry("memory-pressure", 0.0)
          .containsEntry("retransmits", 0.0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stat", "meminfo", "pressure/memory", "pressure/io", "net/snmp"})
  void aFileThatAKernelDoesNotHaveTakesOnlyItsOwnFigures(String only) throws IOException {
    copy("before", only);
    String expected =
        switch (only) {
          case "stat" -> "[cores, cpu, cpu-stolen, ready-threads, waiting-for-disk]";
          case "meminfo" -> "[memory-available]";
          case "pressure/memory" -> "[memory-pressure]";
          case "pressure/io" -> "[disk-pressure]";
          default -> "[retransmits]";
        };
    try (HostWatch watch = watch()) {
      assertThat(watch.look(1).keySet()).hasToString(expected);
    }
  }

  @Test
  void nothingIsSampledWithoutAnInterval() throws IOException {
    copyAll("before");
    try (HostWatch watch = watch()) {
      assertThat(watch.samples()).isEmpty();
      assertThat(watch.latest()).isEmpty();
    }
  }
}
