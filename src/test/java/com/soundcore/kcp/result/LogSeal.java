package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The checksums of a finished run: of its log, its metadata and the other files that its verdict
 * depends on. They reveal a file that was cut, altered or copied incorrectly, even if it can still
 * be parsed.
 */
public final class LogSeal {
  private static final String FILE = "simulation.log.crc32c";
  private static final List<String> KEPT = List.of(RunFolder.RESOURCES, RunFolder.DATABASE);

  private LogSeal() {}

  /** Writes the checksums of a finished run; call it after all other files are written. */
  public static void write(RunFolder run) {
    try {
      StringBuilder text = new StringBuilder(sum(measured(run))).append('\n');
      for (String name : Stream.concat(Stream.of(RunFolder.FACTS), KEPT.stream()).toList()) {
        Path file = run.file(name);
        if (Files.exists(file)) {
          text.append(sum(file)).append("  ").append(name).append('\n');
        }
      }
      WholeFile.write(run.file(FILE), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path measured(RunFolder run) {
    return Files.exists(run.log()) ? run.log() : run.model();
  }

  /** Returns whether a run has a seal. A run that was killed has none. */
  public static boolean isThere(Path log) {
    return Files.isReadable(seal(log));
  }

  private static Path seal(Path log) {
    return log.resolveSibling("kcp").resolve(FILE);
  }

  /**
   * Compares the log and the metadata with the seal, if there is one.
   *
   * @param sum checksum of the whole log
   * @throws LogException if either has changed
   */
  static void check(Path log, CRC32C sum) {
    if (!isThere(log)) {
      return;
    }
    try {
      List<String> sealed = Files.readAllLines(seal(log));
      same(log, text(sum), sealed.isEmpty() ? "" : sealed.get(0).strip());
      checkFacts(log, sealed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compares the metadata of a run without a log with the seal; the model has its own checksum.
   *
   * @throws LogException if the metadata has changed
   */
  static void checkFacts(RunFolder run) {
    if (isThere(run.log())) {
      try {
        checkFacts(run.log(), Files.readAllLines(seal(run.log())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void checkFacts(Path log, List<String> sealed) throws IOException {
    // A run without metadata is not judged.
    if (Files.exists(seal(log).resolveSibling(RunFolder.FACTS))) {
      check(log, sealed, RunFolder.FACTS);
    }
  }

  /**
   * Compares the metrics of the system under test with the seal, as far as it covers them.
   *
   * @throws LogException if a file has changed or is missing
   */
  public static void checkKept(RunFolder run) {
    if (!isThere(run.log())) {
      return;
    }
    try {
      List<String> sealed = Files.readAllLines(seal(run.log()));
      for (String name : KEPT) {
        check(run.log(), sealed, name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path log, List<String> sealed, String name) throws IOException {
    Path file = seal(log).resolveSibling(name);
    for (String line : sealed) {
      if (line.endsWith("  " + name)) {
        same(
            file,
            Files.isReadable(file) ? sum(file) : "missing",
            line.substring(0, line.length() - name.length()).strip());
      }
    }
  }

  private static void same(Path file, String sum, String sealed) {
    if (!sealed.equals(sum)) {
      throw new LogException(
          "%s is not what it was when its run ended: its checksum is %s, was %s. Copy the run's folder again, whole."
              .formatted(file, sum, sealed.matches("[0-9a-f]{8}") ? sealed : "?"));
    }
  }

  private static String sum(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
      while (in.read(buffer) >= 0) {
        // the stream updates the checksum
      }
    }
    return text(sum);
  }

  private static String text(CRC32C sum) {
    return "%08x".formatted(sum.getValue());
  }
}
