package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gatling's results folder, with one subfolder per run named {@code <simulation>-<time>}.
 *
 * @param earlier folders that existed before this run's. Unlike timestamps, they do not depend on a
 *     clock that may differ or change.
 */
record ResultsFolder(Path path, Set<Path> earlier) {

  /** Returns the folder's state before the load starts. */
  static ResultsFolder before(Path path) {
    return new ResultsFolder(path, folders(path));
  }

  /**
   * Returns the folder whose log is of this run. Gatling does not expose its name, and another run
   * of the same simulation may start at the same time.
   *
   * @param id the ID of the run that searches
   */
  public Optional<RunFolder> of(String simulation, String id) {
    String prefix = simulation.toLowerCase(Locale.ROOT) + "-";
    return folders(path).stream()
        .filter(folder -> !earlier.contains(folder))
        .filter(folder -> folder.getFileName().toString().startsWith(prefix))
        .map(RunFolder::new)
        .filter(folder -> LogReader.isOf(id, folder.log()))
        .findFirst();
  }

  private static Set<Path> folders(Path path) {
    if (!Files.isDirectory(path)) {
      return Set.of();
    }
    try (Stream<Path> folders = Files.list(path)) {
      return folders.collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
