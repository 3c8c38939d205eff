package com.soundcore.kcp.distribution;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The distribution's zip, and what comes of it on a machine. */
record Installation(Path home) {

  /** The zip that was built last. */
  static Path zip() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      return built
          .filter(file -> file.getFileName().toString().matches("kcp-load-test-.*\\.zip"))
          .max((a, b) -> a.toFile().lastModified() < b.toFile().lastModified() ? -1 : 1)
          .orElseThrow(
              () -> new IllegalStateException("no zip: mvn -DskipTests package builds it"));
    }
  }

  /** A look into the zip, permissions included. */
  static FileSystem open() throws IOException {
    return FileSystems.newFileSystem(zip(), Map.of("enablePosixFileAttributes", true));
  }

  /** Unpacks it into a folder. */
  static Installation in(Path folder) throws IOException {
    try (FileSystem zip = open()) {
      Path root = top(zip);
      try (Stream<Path> all = Files.walk(root)) {
        for (Path file : (Iterable<Path>) all::iterator) {
          Path copy = folder.resolve(root.getParent().relativize(file).toString());
          Files.createDirectories(copy.getParent());
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy);
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            Files.setPosixFilePermissions(copy, rights);
          }
        }
      }
      return new Installation(folder.resolve(root.getFileName().toString()));
    }
  }

  /** The one folder that everything in the zip is in. */
  static Path top(FileSystem zip) throws IOException {
    try (Stream<Path> roots = Files.list(zip.getPath("/"))) {
      return roots.reduce((a, b) -> null).orElseThrow();
    }
  }

  /**
   * Starts {@code bin/kcp}.
   *
   * @param before a command that is to start it, such as one that enters a network namespace
   * @param output where it writes
   */
  Process start(
      List<String> before, Map<String, String> environment, Path output, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(home.resolve("bin").resolve("kcp").toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(output.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
