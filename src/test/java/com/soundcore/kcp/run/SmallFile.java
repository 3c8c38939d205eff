package com.soundcore.kcp.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Reader of whole files that others write: at most 16 MB, within ten seconds. Only regular files
 * are read, since a pipe or a device may have no end.
 */
public final class SmallFile {
  private static final int MOST_BYTES = 16 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private SmallFile() {}

  /**
   * Returns the bytes of a file.
   *
   * @throws IOException with a message that completes "cannot be read: …"
   */
  public static byte[] bytes(Path file) throws IOException {
    try {
      return TimeLimit.within(LIMIT, () -> read(file));
    } catch (TimeoutException hangs) {
      throw new IOException(
          "its file system did not answer within %d s".formatted(LIMIT.toSeconds()));
    }
  }

  /** Returns the text of a file, in UTF-8. */
  public static String text(Path file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "it does not exist");
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is no regular file, such as a pipe or a folder");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is larger than %d MB".formatted(MOST_BYTES >> 20));
      }
      return bytes;
    }
  }
}
