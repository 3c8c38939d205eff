package com.soundcore.kcp.cli;

import com.soundcore.kcp.result.LogMetadata;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Finder of the injectors' runs on a shared volume. */
final class Injectors {
  private static final int DEEPEST = 4;
  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private Injectors() {}

  /**
   * Returns all runs below a folder, once all that belong together have finished, or after the
   * limit.
   *
   * @throws LogException if the folder cannot be read
   */
  static List<Path> under(Path folder, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    List<Path> runs = runs(folder);
    while (!complete(runs) && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      runs = runs(folder);
    }
    return runs;
  }

  private static boolean complete(List<Path> runs) {
    List<RunMetadata> facts;
    try {
      facts = runs.stream().map(run -> LogMetadata.of(new RunFolder(run))).toList();
    } catch (LogException notYet) {
      return false;
    }
    return !facts.isEmpty()
        && facts.size() >= facts.get(0).setup().injectors()
        && facts.stream().allMatch(one -> one.end().finished());
  }

  /** Returns the runs that have written their facts. A run that has just begun has only a log. */
  private static List<Path> runs(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> below = Files.walk(folder, DEEPEST)) {
      return below
          .filter(Files::isDirectory)
          .filter(run -> new RunFolder(run).hasResults() && new RunFolder(run).hasFacts())
          .sorted()
          .toList();
    } catch (UncheckedIOException vanished) {
      // A draft has been renamed in the meantime.
      return List.of();
    } catch (IOException e) {
      throw new LogException(folder + " cannot be read: " + e.getMessage());
    }
  }
}
