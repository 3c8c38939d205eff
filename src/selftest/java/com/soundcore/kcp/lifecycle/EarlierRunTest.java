package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The baseline of a run, before there is a load. */
class EarlierRunTest {
  @TempDir private Path folder;

  @Test
  void aFolderWithoutALogIsNoEarlierRun() throws Exception {
    String baseline = folder.resolve("spike-1").toString();
    String wrong =
        "kcp.baseline was '%s'; must be the folder of an earlier run, with its simulation.log in it"
            .formatted(baseline);
    assertThatThrownBy(() -> Baseline.mustBeThere(baseline))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(wrong);
    Path run = Files.createDirectory(Path.of(baseline));
    assertThatThrownBy(() -> Baseline.mustBeThere(baseline)).hasMessageContaining(wrong);
    Files.createFile(run.resolve("simulation.log"));
    assertThatCode(() -> Baseline.mustBeThere(baseline)).doesNotThrowAnyException();
  }
}
