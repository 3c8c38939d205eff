package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSealTest {
  private static final String NAME = "simulation.log.crc32c";

  @TempDir private Path path;
  private RunFolder run;

  @BeforeEach
  void nameTheRun() {
    run = new RunFolder(path);
  }

  private static CRC32C sum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return sum;
  }

  private void seal(String text) throws IOException {
    Files.writeString(run.log(), text);
    LogSeal.write(run);
  }

  @Test
  void theSealIsTheChecksumOfTheWholeLog() throws IOException {
    assertThat(LogSeal.isThere(run.log())).isFalse();
    // The check value of CRC-32C in RFC 3720, appendix B.4, is that of these digits.
    seal("123456789");
    assertThat(run.file(NAME)).hasContent("e3069283\n");
    assertThat(run.file(NAME + ".draft")).doesNotExist();
    assertThat(LogSeal.isThere(run.log())).isTrue();
    seal("");
    assertThat(run.file(NAME)).hasContent("00000000\n");
    seal("x".repeat(200_000));
    assertThat(run.file(NAME)).hasContent("%08x%n".formatted(sum("x".repeat(200_000)).getValue()));
  }

  @Test
  void aLogWithItsChecksumIsAccepted() throws IOException {
    seal("123456789");
    assertThatCode(() -> LogSeal.check(run.log(), sum("123456789"))).doesNotThrowAnyException();
  }

  @Test
  void aLogThatIsAnotherIsRefused() throws IOException {
    seal("");
    assertThatThrownBy(() -> LogSeal.check(run.log(), sum("123456789")))
        .isInstanceOf(LogException.class)
        .hasMessage(
            run.log()
                + " is not what it was when its run ended: its checksum is e3069283, was 00000000."
                + " Copy the run's folder again, whole.");
  }

  @Test
  void aSealThatIsNoChecksumIsNotRepeated() throws IOException {
    Files.writeString(run.file(NAME), "123456789");
    assertThatThrownBy(() -> LogSeal.check(run.log(), sum("")))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("is 00000000, was ?.");
  }

  @Test
  void aLogWithoutASealIsNotCompared() {
    assertThatCode(() -> LogSeal.check(run.log(), sum("anything"))).doesNotThrowAnyException();
  }

  @Test
  void whatCannotBeReadIsAnError() throws IOException {
    assertThatThrownBy(() -> LogSeal.write(run)).isInstanceOf(UncheckedIOException.class);
    Files.write(run.file(NAME), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> LogSeal.check(run.log(), sum("")))
        .isInstanceOf(UncheckedIOException.class);
  }
}
