package com.soundcore.kcp.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How contenders are started, and asked what they are. */
final class Commands {
  static final ObjectMapper JSON = new ObjectMapper();
  static final Path SCRIPTS = Path.of("target", "test-classes", "benchmark").toAbsolutePath();

  private Commands() {}

  /** Starts it; what it prints is kept. */
  static Process started(List<String> command, Path folder) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  /** The first line that a command prints; nothing where there is no such command. */
  static Optional<String> firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().findFirst();
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
  }

  /** Whether a command is there, and does what it is to do. */
  static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
