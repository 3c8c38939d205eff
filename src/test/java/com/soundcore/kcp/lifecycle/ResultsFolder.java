package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Gatling puts its runs: one folder each, {@code <simulation>-<time>}. */
record ResultsFolder(Path path) {

  /**
   * The folder of a simulation that was made since a moment and is no other run's; Gatling tells
   * nobody its name.
   *
   * @param id the run that looks for its folder
   */
  public Optional<RunFolder> newest(String simulation, long sinceMs, String id) {
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    String prefix = simulation.toLowerCase(Locale.ROOT) + "-";
    try (Stream<Path> folders = Files.list(path)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith(prefix))
          .filter(folder -> Files.isRegularFile(folder.resolve("simulation.log")))
          .filter(folder -> madeAt(folder) >= sinceMs)
          .max((a, b) -> a.getFileName().compareTo(b.getFileName()))
          .map(RunFolder::new)
          .filter(folder -> !folder.hasFacts() || folder.facts().setup().id().equals(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A second is forgiven: some file systems keep no more. */
  private static long madeAt(Path folder) {
    try {
      return Files.getLastModifiedTime(folder).toMillis() + 1000;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
