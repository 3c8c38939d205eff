package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
  private static final LogHeader HEADER =
      new LogHeader("Spike", 1_700_000_000_000L, List.of("mixed"));

  @TempDir private Path folder;
  private Path log;

  @BeforeEach
  void writeALog() {
    log = folder.resolve("simulation.log");
    try (LogWriter writer = new LogWriter(log, LogReader.VERSION, HEADER)) {
      writer.user(0, true, 5);
      writer.request("auth", "me", 6, 16, true, "");
      writer.request("auth", "me", 20, 50, false, "status, 503 in place of 200");
      writer.user(0, false, 51);
    }
  }

  private static final class Kept implements LogVisitor {
    private final LogReader reader;
    private final List<String> records = new ArrayList<>();

    private Kept(LogReader reader) {
      this.reader = reader;
    }

    @Override
    public void user(int scenario, boolean start, int atMs) {
      records.add("user " + scenario + " " + start + " " + atMs);
    }

    @Override
    public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
      records.add(
          reader.text(group)
              + "/"
              + reader.text(name)
              + " "
              + startMs
              + "-"
              + endMs
              + " "
              + ok
              + " "
              + reader.text(message));
    }

    @Override
    public void error(int message, int atMs) {
      records.add("error " + reader.text(message) + " " + atMs);
    }
  }

  private static Kept read(Path file, boolean[] cut) {
    Kept[] kept = new Kept[1];
    LogReader reader = LogReader.read(file, r -> kept[0] = new Kept(r));
    cut[0] = reader.isCut();
    return kept[0];
  }

  @Test
  void everyRecordIsRead() {
    boolean[] cut = new boolean[1];
    Kept kept = read(log, cut);
    assertThat(kept.reader.header()).isEqualTo(HEADER);
    assertThat(kept.records)
        .containsExactly(
            "user 0 true 5",
            "auth/me 6-16 true ",
            "auth/me 20-50 false status, 503 in place of 200",
            "user 0 false 51");
    assertThat(cut[0]).isFalse();
  }

  @Test
  void aCutLogGivesWhatIsWholeAndSaysSo() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    boolean[] cut = new boolean[1];
    int reported = 0;
    int refused = 0;
    List<String> all = read(log, cut).records;
    for (int length = 0; length < whole.length; length++) {
      Path part = folder.resolve("part.log");
      Files.write(part, Arrays.copyOf(whole, length));
      try {
        Kept kept = read(part, cut);
        assertThat(kept.records.size()).isLessThan(4);
        assertThat(kept.records).isEqualTo(all.subList(0, kept.records.size()));
        reported += cut[0] ? 1 : 0;
      } catch (LogException nothingWhole) {
        assertThat(nothingWhole).hasMessageContaining("ends within its first record");
        refused++;
      }
    }
    // Only at the ends of the first six of its seven records is the cut not to be seen.
    assertThat(reported).isEqualTo(whole.length - refused - 6);
    assertThat(refused).isLessThan(whole.length / 2);
  }

  @Test
  void aCorruptLogGivesAnErrorAndNeverMore() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    int refusals = 0;
    for (int at = 0; at < whole.length; at++) {
      for (int value : new int[] {0x00, 0x7f, 0x80, 0xff}) {
        byte[] bytes = whole.clone();
        bytes[at] = (byte) value;
        Path corrupt = folder.resolve("corrupt.log");
        Files.write(corrupt, bytes);
        try {
          read(corrupt, new boolean[1]);
        } catch (LogException refused) {
          assertThat(refused.getMessage()).isNotBlank();
          refusals++;
        }
      }
    }
    assertThat(refusals).isGreaterThan(whole.length);
  }

  @Test
  void anotherVersionIsRefused() {
    Path other = folder.resolve("other.log");
    new LogWriter(other, "3.14.2", HEADER).close();
    assertThatThrownBy(() -> read(other, new boolean[1]))
        .isInstanceOf(LogException.class)
        .hasMessage(
            "The log was written by Gatling 3.14.2; this suite reads those of 3.15.1 only.");
  }

  @Test
  void aTextFileIsNoLog() throws IOException {
    Path text = folder.resolve("text.log");
    Files.writeString(text, "RUN\tspike\t1700000000000\n");
    assertThatThrownBy(() -> read(text, new boolean[1]))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("it does not begin with a run");
  }
}
