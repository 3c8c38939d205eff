package com.soundcore.kcp.result;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that this process holds open. */
final class OpenFilesFixture {
  private static final Path OPEN = Path.of("/proc/self/fd");

  private OpenFilesFixture() {}

  /** Returns the open files below a folder; skips the test where the system does not list them. */
  static List<Path> below(Path folder) throws IOException {
    assumeTrue(Files.isDirectory(OPEN), "the open files of a process are listed on Linux only");
    Path real = folder.toRealPath();
    try (Stream<Path> files = Files.list(OPEN)) {
      return files.map(OpenFilesFixture::target).filter(file -> file.startsWith(real)).toList();
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException gone) {
      return link;
    }
  }
}
