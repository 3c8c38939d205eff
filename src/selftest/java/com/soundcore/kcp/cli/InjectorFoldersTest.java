package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runs of injectors on a volume that they share. */
class InjectorFoldersTest {
  @TempDir private Path volume;

  private Path run(String name, int injector) {
    Path path = volume.resolve(name);
    new SyntheticRun().injector(injector, 2).write(path, new SyntheticRun.Order() {});
    return path;
  }

  private List<Path> found(Duration limit) {
    return Injectors.under(volume, limit);
  }

  @Test
  void runsThatHaveAllEndedAreFoundAtOnceWhereverTheyAre() {
    Path first = run("a/gatling/load-1", 0);
    Path second = run("b/load-2", 1);
    // So long a wait would be seen.
    assertThat(found(Duration.ofDays(1))).containsExactly(first, second);
  }

  @Test
  void whatIsMissingWhenTheTimeIsUpStaysMissing() {
    Path first = run("load-1", 0);
    assertThat(found(Duration.ZERO)).containsExactly(first);
  }

  @Test
  void aRunThatHasOnlyBegunAndOneTooDeepAreNotTaken() throws IOException {
    Path first = run("load-1", 0);
    Files.createFile(Files.createDirectory(volume.resolve("load-2")).resolve("simulation.log"));
    run("a/b/c/d/load-3", 1);
    assertThat(found(Duration.ZERO)).containsExactly(first);
  }

  @Test
  void aVolumeThatIsNotThereHasNoRuns() {
    assertThat(Injectors.under(volume.resolve("nowhere"), Duration.ZERO)).isEmpty();
  }
}
