package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMetadataTest {
  @TempDir private Path path;

  @Test
  void aLogAloneSaysItsTestAndItsStart() {
    RunFolder folder = new RunFolder(path);
    new LogWriter(folder.log(), LogReader.VERSION, new LogHeader("Qps10K", 42, List.of())).close();
    RunSetup setup = RunSetup.builder().test("qps10k", "unknown", 0).build();
    assertThat(LogMetadata.of(folder))
        .isEqualTo(new RunMetadata(setup, Map.of(), List.of(), 42, 0, RunEnd.NOT_YET));
  }

  @Test
  void whatARunWroteOfItselfIsTaken() {
    RunFolder folder = new RunFolder(path);
    new LogWriter(folder.log(), LogReader.VERSION, new LogHeader("Other", 42, List.of())).close();
    RunMetadata facts = new SyntheticRun().facts();
    folder.write(facts);
    assertThat(LogMetadata.of(folder)).isEqualTo(facts);
  }
}
