package com.soundcore.kcp.run;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writer of complete files. A file is written completely or not at all, even if the process or the
 * machine fails: it is written as a draft, flushed to disk, and then renamed.
 */
public final class WholeFile {
  /** The content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes or replaces a file.
   *
   * @throws UncheckedIOException if it cannot be written; an earlier version is then unchanged
   */
  public static void write(Path file, Content content) {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try {
      try (FileChannel channel =
              FileChannel.open(
                  draft,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        if (Secrets.any()) {
          ByteArrayOutputStream whole = new ByteArrayOutputStream();
          content.writeTo(whole);
          out.write(withoutSecrets(whole.toByteArray()));
        } else {
          content.writeTo(out);
        }
        out.flush();
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the bytes without secrets. Without any secret they stay unchanged, whatever their
   * encoding.
   */
  private static byte[] withoutSecrets(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String clean = Secrets.hiddenIn(text);
    return clean.equals(text) ? bytes : clean.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes or replaces a file of text. */
  public static Path write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return file;
  }
}
