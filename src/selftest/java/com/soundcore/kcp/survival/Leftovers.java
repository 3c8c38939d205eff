package com.soundcore.kcp.survival;

import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Processes and temporary files that a row has left behind. */
final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Leftovers() {}

  /**
   * Processes that have not ended soon after the run, and files.
   *
   * @param mark in the environment of each of its processes, however deep
   * @param temporary its folder for temporary files
   */
  static List<String> of(String mark, Path temporary) throws IOException {
    List<String> left = new ArrayList<>(processes(mark));
    try (Stream<Path> files = Files.list(temporary)) {
      files.forEach(file -> left.add(file.getFileName().toString()));
    }
    return left;
  }

  private static List<String> processes(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> read(process, "environ").contains(Trial.MARK + "=" + mark))
        .filter(process -> !SuiteProcess.ends(process, LIMIT))
        .map(process -> process.pid() + " " + read(process, "cmdline").replace('\0', ' '))
        .toList();
  }

  private static String read(ProcessHandle process, String file) {
    try {
      Path path = Path.of("/proc", String.valueOf(process.pid()), file);
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
