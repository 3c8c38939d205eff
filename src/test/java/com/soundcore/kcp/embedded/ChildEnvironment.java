package com.soundcore.kcp.embedded;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The environment of child processes: only the variables that a JVM needs to run. Tokens,
 * passwords, and the variables of CI and cloud are not passed on.
 */
public final class ChildEnvironment {
  private static final Set<String> NEEDED =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "USERNAME",
          "USERPROFILE",
          "LANG",
          "TZ",
          "TMPDIR",
          "TEMP",
          "TMP",
          "SYSTEMROOT",
          "JAVA_HOME",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "LD_LIBRARY_PATH");

  private ChildEnvironment() {}

  /** Removes all other variables from a process's environment. */
  public static ProcessBuilder only(ProcessBuilder process) {
    reduce(process.environment());
    return process;
  }

  static void reduce(Map<String, String> environment) {
    environment.keySet().removeIf(name -> !isNeeded(name.toUpperCase(Locale.ROOT)));
  }

  private static boolean isNeeded(String name) {
    return NEEDED.contains(name) || name.startsWith("LC_");
  }
}
