package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir private Path folder;

  @Test
  void aRunOfAnEarlierVersionIsRefusedRatherThanJudgedWithoutWhatItDropped() throws IOException {
    Path file = folder.resolve("kcp/run.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"end\": {\"finished\": true, \"shed\": {\"auth\": 12}}}");
    assertThatThrownBy(() -> new RunFolder(folder).facts())
        .isInstanceOf(LogException.class)
        .hasMessageContaining("was written by an earlier version of the suite");
  }
}
