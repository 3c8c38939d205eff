package com.soundcore.kcp.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The build of the suite that this process runs, as a digest of its classes or of its JAR file. */
public final class Build {
  private static final int DIGITS = 12;

  private Build() {}

  /**
   * Returns the first 12 hex digits of the SHA-256. Builds are reproducible: equal sources give
   * equal digests.
   */
  public static String digest() {
    try {
      Path place = Path.of(Build.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      if (Files.isDirectory(place)) {
        addAll(place, digest);
      } else {
        digest.update(Files.readAllBytes(place));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Omits the configuration, because its files have their own digests. */
  private static void addAll(Path place, MessageDigest digest) throws IOException {
    try (Stream<Path> below = Files.walk(place)) {
      List<Path> classes =
          below.filter(path -> path.toString().endsWith(".class")).sorted().toList();
      for (Path file : classes) {
        digest.update(place.relativize(file).toString().getBytes());
        digest.update(Files.readAllBytes(file));
      }
    }
  }
}
