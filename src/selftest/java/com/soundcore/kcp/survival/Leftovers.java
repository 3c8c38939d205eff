package com.soundcore.kcp.survival;

import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Processes that a row has left behind: each of its own, however deep, has its mark. */
final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Leftovers() {}

  /** Those that have not ended soon after the run. */
  static List<String> of(String mark) {
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
