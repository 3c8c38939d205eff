package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    assertThat(folder.of("Spike", "mine")).map(RunFolder::path).contains(mine);
  }

  @Test
  void aFolderThatWasThereBeforeIsNotTakenForItThoughItIsStillWrittenTo() throws IOException {
    Path earlier = run("spike-20261128110000000");
    ResultsFolder folder = ResultsFolder.before(results);
    Files.setLastModifiedTime(earlier, FileTime.from(Instant.now().plus(Duration.ofHours(1))));

    assertThat(folder.of("Spike", "mine")).isEmpty();
  }

  @Test
  void theFolderOfAnotherTestIsNotTakenForIt() throws IOException {
    ResultsFolder folder = ResultsFolder.before(results.resolve("not-there-yet"));
    run("not-there-yet/soak-20261128110000000");

    assertThat(folder.of("Spike", "mine")).isEmpty();
    assertThat(folder.of("Soak", "mine")).isPresent();
  }

  @Test
  void ofTwoRunsThatStartTogetherEachFindsItsOwn() throws IOException {
    ResultsFolder one = ResultsFolder.before(results);
    ResultsFolder two = ResultsFolder.before(results);
    Path ofOne = run("spike-20261128110000000", "one");
    Path ofTwo = run("spike-20261128110000001", "two");

    assertThat(one.of("Spike", "one")).map(RunFolder::path).contains(ofOne);
    assertThat(two.of("Spike", "two")).map(RunFolder::path).contains(ofTwo);
  }

  @Test
  void aLogThatHasNotBegunOrIsNoneIsOfNoRun() throws IOException {
    ResultsFolder folder = ResultsFolder.before(results);
    Files.createFile(run("spike-20261128110000000").resolveSibling("spike-1"));
    Files.write(run("spike-20261128110000001").resolve("simulation.log"), new byte[0]);
    Files.write(run("spike-20261128110000002").resolve("simulation.log"), new byte[100]);
    Files.delete(run("spike-20261128110000003").resolve("simulation.log"));

    assertThat(folder.of("Spike", "other")).isEmpty();
  }

  private Path run(String name) throws IOException {
    return run(name, "mine");
  }

  private Path run(String name, String id) throws IOException {
    Path run = Files.createDirectories(results.resolve(name));
    LogHeader header = new LogHeader("Spike", 42, List.of("auth", LogHeader.mark(id)));
    new LogWriter(run.resolve("simulation.log"), LogReader.VERSION, header).close();
    return run;
  }
}
