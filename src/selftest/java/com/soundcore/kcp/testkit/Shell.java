package com.soundcore.kcp.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A command of the shell, for tests. */
public final class Shell {
  /** What it ended with, and all that it said. */
  public record Done(int code, String output) {}

  private Shell() {}

  /**
   * Runs a command to its end.
   *
   * @param known variables of its environment
   */
  public static Done run(String command, Map<String, String> known, Path folder)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toAbsolutePath().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(known);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Done(process.waitFor(), output);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
