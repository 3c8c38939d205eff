package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The checksum of a log whose run has ended, kept beside it: a log that was cut, mended or copied
 * wrongly since then is found out, however well it can still be read.
 */
public final class LogSeal {
  private static final String FILE = "simulation.log.crc32c";

  private LogSeal() {}

  /** Seals the log of a run that has ended. */
  public static void write(RunFolder run) {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (CheckedInputStream log = new CheckedInputStream(Files.newInputStream(run.log()), sum)) {
      while (log.read(buffer) >= 0) {
        // the sum has seen it
      }
      // Whole or not at all: another process may be reading the log.
      Path draft = Files.writeString(run.file(FILE + ".draft"), text(sum) + "\n");
      Files.move(draft, run.file(FILE), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether a run has a seal. A run that was killed has none. */
  public static boolean isThere(Path log) {
    return Files.isReadable(seal(log));
  }

  private static Path seal(Path log) {
    return log.resolveSibling("kcp").resolve(FILE);
  }

  /**
   * Compares what was read with what was sealed, if there is a seal.
   *
   * @param sum of the whole log
   * @throws LogException where it is another
   */
  static void check(Path log, CRC32C sum) {
    if (!isThere(log)) {
      return;
    }
    try {
      String sealed = Files.readString(seal(log)).strip();
      if (!sealed.equals(text(sum))) {
        throw new LogException(
            "%s is not what it was when its run ended: its checksum is %s, was %s. Copy the run's folder again, whole."
                .formatted(log, text(sum), sealed.length() > 8 ? "?" : sealed));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(CRC32C sum) {
    return "%08x".formatted(sum.getValue());
  }
}
