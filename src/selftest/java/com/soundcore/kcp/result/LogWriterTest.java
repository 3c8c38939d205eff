package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {
  private static final LogHeader HEADER = new LogHeader("S", 0x0102030405060708L, List.of("m"));

  @TempDir private Path folder;
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = folder.resolve("simulation.log");
  }

  private LogWriter writer() {
    return new LogWriter(log, LogReader.VERSION, HEADER);
  }

  @Test
  void theBytesAreThoseOfGatling() throws IOException {
    try (LogWriter writer = new LogWriter(log, "3", HEADER)) {
      writer.user(1, true, 5);
      writer.requestAlone("a", "n", 6, 7, false, "");
      writer.group("a", 6, 7, 1, true);
      writer.error("n", 9);
    }
    String header = "00 00000001 33 00 00000001 53 00 0102030405060708 00000000 00000001";
    String scenario = "00000001 6d 00 00000000";
    String user = "02 00000001 01 00000005";
    String request =
        "01 00000001 00000001 00000001 61 00 00000002 00000001 6e 00"
            + "00000006 00000007 00 00000003 00000000";
    String group = "03 00000001 ffffffff 00000006 00000007 00000001 01";
    String error = "04 fffffffe 00000009";
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(log)))
        .isEqualTo((header + scenario + user + request + group + error).replace(" ", ""));
  }

  @Test
  void everyKindOfRecordIsReadBack() {
    try (LogWriter writer = writer()) {
      writer.user(0, true, 5);
      writer.request("auth", "me", 6, 16, true, "");
      writer.requestAlone("", "alone", 20, 50, false, "Größe Ω");
      writer.group("auth", 7, 9, 1, false);
      writer.error("Größe Ω", 60);
      writer.user(0, false, 70);
    }
    assertThat(RecordFixture.of(log))
        .containsExactly(
            "user 0 true 5",
            "request auth/me 6-16 true ''",
            "group auth 6-16 10 true",
            "request /alone 20-50 false 'Größe Ω'",
            "group auth 7-9 1 false",
            "error Größe Ω 60",
            "user 0 false 70");
  }

  @Test
  void theHeaderIsReadBack() {
    byte[] large = new byte[1 << 16];
    large[large.length - 1] = 7;
    LogHeader header =
        new LogHeader("Spike", 42, List.of("one", "two"), "Ω", List.of(new byte[] {1, 2}, large));
    new LogWriter(log, LogReader.VERSION, header).close();
    LogHeader read = LogReader.header(log);
    assertThat(read.simulation()).isEqualTo("Spike");
    assertThat(read.startMs()).isEqualTo(42);
    assertThat(read.scenarios()).containsExactly("one", "two");
    assertThat(read.description()).isEqualTo("Ω");
    assertThat(read.assertions()).containsExactly(new byte[] {1, 2}, large);
  }

  @Test
  void piecesLongerThanTheBufferAreWrittenWhole() throws IOException {
    int length = 3 * (1 << 16) + 5;
    byte[] large = new byte[length];
    large[0] = 1;
    large[length - 1] = 9;
    new LogWriter(log, "3", new LogHeader("S", 0, List.of(), "", List.of(large))).close();
    byte[] written = Files.readAllBytes(log);
    assertThat(written).hasSize(1 + 6 + 6 + 8 + 4 + 4 + 4 + 4 + length);
    assertThat(written[written.length - length]).isEqualTo((byte) 1);
    assertThat(written[written.length - 1]).isEqualTo((byte) 9);
  }

  @Test
  void recordsBeyondTheBufferAreInTheirOrder() {
    List<String> expected = new ArrayList<>();
    try (LogWriter writer = writer()) {
      for (int i = 0; i < 7000; i++) {
        writer.user(0, i % 2 == 0, i);
        expected.add("user 0 %s %d".formatted(i % 2 == 0, i));
      }
    }
    assertThat(RecordFixture.of(log)).isEqualTo(expected);
  }

  @Test
  void aLogThatCannotBeWrittenIsAnError() {
    Path nowhere = folder.resolve("missing").resolve("simulation.log");
    assertThatThrownBy(() -> new LogWriter(nowhere, "3", HEADER))
        .isInstanceOf(UncheckedIOException.class);
    LogWriter closed = writer();
    closed.close();
    closed.user(0, true, 5);
    assertThatThrownBy(closed::close).isInstanceOf(UncheckedIOException.class);
  }
}
