package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that never end, and work that hangs. */
@Timeout(60)
class SmallFileTest {
  @TempDir private Path folder;

  @Test
  void aPipeIsNoFile() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "needs mkfifo");
    new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor();
    assertThatThrownBy(() -> SmallFile.text(pipe))
        .hasMessage("it is no regular file, such as a pipe or a folder");
  }

  @Test
  void aFileWithoutAnEndIsNotRead() throws IOException {
    Path huge = folder.resolve("huge");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    assertThatThrownBy(() -> SmallFile.text(huge)).hasMessage("it is larger than 16 MB");
  }

  @Test
  void aSmallFileIsReadWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("small"), "straße\n");
    assertThat(SmallFile.text(file)).isEqualTo("straße\n");
  }

  @Test
  void workThatHangsEnds() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                TimeLimit.within(
                    Duration.ofMillis(50),
                    () -> {
                      never.await();
                      return "";
                    }))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    assertThatThrownBy(
            () ->
                TimeLimit.within(
                    Duration.ofSeconds(30),
                    () -> {
                      throw new IOException("broken");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
  }
}
