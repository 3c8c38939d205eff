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

/** Which build of the suite this process runs: a digest of its classes and feeders. */
public final class Build {
  private static final int DIGITS = 12;

  private Build() {}

  /** The same sources make the same digest: the build makes the same bytes on any day. */
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

  /** The configuration has digests of its own. */
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
