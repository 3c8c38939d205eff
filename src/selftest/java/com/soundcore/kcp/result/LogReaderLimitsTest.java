package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.LogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log may hold at most, and what it cannot hold. */
class LogReaderLimitsTest {
  private static final LogHeader HEADER = new LogHeader("Spike", 42, List.of("mixed"));

  @TempDir private Path folder;
  private Path log;

  @BeforeEach
  void writeAHeader() {
    log = folder.resolve("simulation.log");
    new LogWriter(log, LogReader.VERSION, HEADER).close();
  }

  private void append(int kind, int... numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 + 4 * numbers.length).put((byte) kind);
    Arrays.stream(numbers).forEach(bytes::putInt);
    append(bytes.array());
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(log, bytes, StandardOpenOption.APPEND);
  }

  private void mustBeCorrupt(String what) {
    assertThatThrownBy(() -> RecordFixture.of(log))
        .isInstanceOf(LogException.class)
        .hasMessageContaining(": " + what + ". It must be");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 127})
  void aRecordOfNoKnownKindIsCorrupt(int kind) throws IOException {
    append(kind);
    mustBeCorrupt("a record's kind was " + kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 101, Integer.MIN_VALUE})
  void aRequestInGroupsThatCannotBeIsCorrupt(int depth) throws IOException {
    append(1, depth);
    mustBeCorrupt("a request is in " + depth + " groups");
  }

  @Test
  void aRequestInManyGroupsBelongsToTheInnermost() throws IOException {
    append(1, 100, 1, 1);
    append(new byte[] {'a', 0});
    // 98 times the first group, then another one.
    ByteBuffer rest = ByteBuffer.allocate(98 * 4 + 4 + 4 + 2 + 4 + 4 + 4 + 1 + 4 + 4);
    for (int i = 0; i < 98; i++) {
      rest.putInt(-1);
    }
    rest.putInt(2).putInt(1).put(new byte[] {'b', 0}).putInt(-1).putInt(5).putInt(9);
    append(rest.put((byte) 1).putInt(3).putInt(0).array());
    assertThat(RecordFixture.of(log)).containsExactly("request b/a 5-9 true ''");
  }

  @ParameterizedTest
  @CsvSource({
    "0, text 0 was never defined",
    "-1, text -1 was never defined",
    "-2147483648, text -2147483648 was never defined",
    "2, text 2 came out of turn",
  })
  void aTextMustBeDefinedInTurnBeforeItIsUsed(int number, String what) throws IOException {
    append(4, number);
    mustBeCorrupt(what);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_001})
  void aNumberOfScenariosThatCannotBeIsCorrupt(int scenarios) throws IOException {
    byte[] header = Files.readAllBytes(log);
    // What follows the number: the name "mixed" and the number of assertions.
    int at = header.length - 4 - (4 + 5 + 1) - 4;
    Files.write(log, ByteBuffer.wrap(header).putInt(at, scenarios).array());
    mustBeCorrupt("it has " + scenarios + " scenarios");
  }

  @Test
  void tenThousandScenariosAreRead() {
    List<String> scenarios = Collections.nCopies(10_000, "s");
    new LogWriter(log, LogReader.VERSION, new LogHeader("Spike", 42, scenarios)).close();
    assertThat(LogReader.header(log).scenarios()).isEqualTo(scenarios);
  }

  @ParameterizedTest
  @CsvSource({"40, true", "41, false"})
  void aVersionIsNamedUnlessItIsTooLongToBeOne(int length, boolean named) {
    String version = "9".repeat(length);
    new LogWriter(log, version, HEADER).close();
    assertThatThrownBy(() -> RecordFixture.of(log))
        .isInstanceOf(LogException.class)
        .hasMessage(
            "The log was written by Gatling %s; this suite reads those of 3.15.1 only."
                .formatted(named ? version : "?"));
  }

  @Test
  void aLogThatIsRefusedIsClosed() throws IOException {
    new LogWriter(log, "3.14.2", HEADER).close();
    assertThatThrownBy(() -> LogReader.open(log)).isInstanceOf(LogException.class);
    assertThat(OpenFilesFixture.below(folder)).isEmpty();
    Files.write(log, new byte[0]);
    assertThatThrownBy(() -> LogReader.open(log)).isInstanceOf(LogException.class);
    assertThat(OpenFilesFixture.below(folder)).isEmpty();
  }

  @Test
  void aLogHasBegunWithItsFirstRecord() throws IOException {
    assertThat(LogReader.hasBegun(log)).isTrue();
    byte[] header = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(header, header.length - 1));
    assertThat(LogReader.hasBegun(log)).isFalse();
    Files.write(log, new byte[0]);
    assertThat(LogReader.hasBegun(log)).isFalse();
    assertThatThrownBy(() -> LogReader.header(log))
        .isInstanceOf(LogException.class)
        .hasMessage(log + " ends within its first record; nothing was measured.");
  }

  @Test
  void aLogThatIsMissingIsNamed() {
    Path missing = folder.resolve("missing.log");
    String message = missing + " is missing; it is what Gatling writes of a run.";
    assertThatThrownBy(() -> LogReader.hasBegun(missing))
        .isInstanceOf(LogException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> LogReader.open(missing))
        .isInstanceOf(LogException.class)
        .hasMessage(message);
  }

  @Test
  void whatCannotBeReadIsAnError() {
    assertThatThrownBy(() -> LogReader.hasBegun(folder)).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> LogReader.open(folder)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void nothingFollowsACut() throws IOException {
    append(2, 0);
    try (LogReader reader = LogReader.open(log)) {
      LogVisitor none = (group, name, start, end, ok, message) -> {};
      assertThat(reader.isCut()).isFalse();
      assertThat(reader.next(none)).isFalse();
      assertThat(reader.isCut()).isTrue();
      // The rest of a record may come later, and looks like another one.
      append(new byte[] {2, 0, 0, 0, 0, 1, 0, 0, 0, 0});
      assertThat(reader.next(none)).isFalse();
    }
  }

  @Test
  void recordsThatAVisitorDoesNotAskForArePassedOver() {
    try (LogWriter writer = new LogWriter(log, LogReader.VERSION, HEADER)) {
      writer.user(0, true, 1);
      writer.error("no", 2);
      writer.request("auth", "me", 3, 4, true, "");
    }
    int[] requests = new int[1];
    LogReader.read(log, reader -> (group, name, start, end, ok, message) -> requests[0]++);
    assertThat(requests[0]).isEqualTo(1);
  }
}
