package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.LogException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of record in the merged log, shifted to the earliest start. */
class LogMergeRecordsTest {
  @TempDir private Path folder;

  private Path log(String name, LogHeader header, Consumer<LogWriter> records) {
    Path log = folder.resolve(name);
    try (LogWriter writer = new LogWriter(log, LogReader.VERSION, header)) {
      records.accept(writer);
    }
    return log;
  }

  private static LogHeader header(String simulation, long startMs, String... scenarios) {
    return new LogHeader(
        simulation, startMs, List.of(scenarios), "words", List.of(new byte[] {1, 2}));
  }

  @Test
  void recordsOfAllLogsAreInOrderAndShifted() throws IOException {
    Path late =
        log(
            "late.log",
            header("Spike", 5600, "a", "b"),
            log -> {
              log.user(1, true, 400);
              log.request("auth", "me", 410, 1500, false, "wrong");
              log.error("broken", 2000);
            });
    Path early =
        log(
            "early.log",
            header("Spike", 5000, "a", "b"),
            log -> {
              log.user(0, true, 900);
              log.requestAlone("", "alone", 950, 1001, true, "");
              log.group("auth", 960, 2105, 7, false);
              log.user(0, false, 3000);
            });
    Path none = log("none.log", header("Spike", 5300, "a", "b"), log -> {});
    Path whole = folder.resolve("whole.log");
    LogMerge.merge(List.of(late, early, none), whole);
    assertThat(OpenFilesFixture.below(folder)).isEmpty();
    assertThat(RecordFixture.of(whole))
        .containsExactly(
            "user 0 true 900",
            "user 1 true 1000",
            "request /alone 950-1001 true ''",
            "request auth/me 1010-2100 false 'wrong'",
            "group auth 1010-2100 1090 false",
            "group auth 960-2105 7 false",
            "error broken 2600",
            "user 0 false 3000");
    LogHeader header = LogReader.header(whole);
    assertThat(header.simulation()).isEqualTo("Spike");
    assertThat(header.startMs()).isEqualTo(5000);
    assertThat(header.scenarios()).containsExactly("a", "b");
    assertThat(header.description()).isEqualTo("words");
    assertThat(header.assertions()).containsExactly(new byte[] {1, 2});
  }

  @Test
  void logsWithTheMarksOfTheirRunsAreMerged() {
    Path one = log("one.log", header("Spike", 0, "a", LogHeader.mark("one")), log -> {});
    Path two = log("two.log", header("Spike", 0, "a", LogHeader.mark("two")), log -> {});
    Path whole = folder.resolve("whole.log");
    LogMerge.merge(List.of(one, two), whole);

    assertThat(LogReader.isOf("one", whole)).isTrue();
  }

  @Test
  void logsOfAnotherTestOrOfOtherScenariosAreRefused() {
    Path one = log("one.log", header("Spike", 0, "a", "b"), log -> {});
    Path test = log("test.log", header("Soak", 0, "a", "b"), log -> {});
    Path scenarios = log("scenarios.log", header("Spike", 0, "a"), log -> {});
    Path whole = folder.resolve("whole.log");
    assertThatThrownBy(() -> LogMerge.merge(List.of(one, one, test), whole))
        .isInstanceOf(LogException.class)
        .hasMessage(
            "%s is of Spike (a, b), %s of Soak (a, b); only logs of one test can be merged."
                .formatted(one, test));
    assertThatThrownBy(() -> LogMerge.merge(List.of(one, scenarios), whole))
        .isInstanceOf(LogException.class)
        .hasMessage(
            "%s is of Spike (a, b), %s of Spike (a); only logs of one test can be merged."
                .formatted(one, scenarios));
    assertThat(whole).doesNotExist();
  }
}
