package com.soundcore.kcp.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few mutations of each kind; the command takes their number. */
class FuzzerTest {
  private static final int MUTATIONS = 240;

  @TempDir private Path work;

  @Test
  void noChangedFileIsAPassAHangOrAnythingButASentence() throws IOException {
    try (Fuzzer fuzzer = new Fuzzer(work)) {
      assertThat(fuzzer.run(MUTATIONS, 1)).isEmpty();
    }
  }
}
