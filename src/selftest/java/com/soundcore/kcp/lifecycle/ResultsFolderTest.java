package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {
  @TempDir Path results;

  @Test
  void aRunFindsItsFolderWhereTheFileSystemsClockIsAnHourBehind() throws IOException {
    run("spike-20261128100000000");
    ResultsFolder folder = ResultsFolder.before(results);
    Path mine = run("spike-20261128110000000");
    Files.setLastModifiedTime(mine, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    assertThat(folder.newest("Spike", "mine")).map(RunFolder::path).contains(mine);
  }

  @Test
  void aFolderThatWasThereBeforeIsNotTakenForItThoughItIsStillWrittenTo() throws IOException {
    Path earlier = run("spike-20261128110000000");
    ResultsFolder folder = ResultsFolder.before(results);
    Files.setLastModifiedTime(earlier, FileTime.from(Instant.now().plus(Duration.ofHours(1))));

    assertThat(folder.newest("Spike", "mine")).isEmpty();
  }

  @Test
  void theFolderOfAnotherTestIsNotTakenForIt() throws IOException {
    ResultsFolder folder = ResultsFolder.before(results.resolve("not-there-yet"));
    run("not-there-yet/soak-20261128110000000");

    assertThat(folder.newest("Spike", "mine")).isEmpty();
    assertThat(folder.newest("Soak", "mine")).isPresent();
  }

  private Path run(String name) throws IOException {
    Path run = Files.createDirectories(results.resolve(name));
    Files.createFile(run.resolve("simulation.log"));
    return run;
  }
}
