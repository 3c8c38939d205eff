package com.soundcore.kcp.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The suite's commands as a user types them. An unpacked zip has {@code bin/kcp}. A checkout has
 * Maven for tests and {@code ./kcp} for everything else.
 */
public final class SuiteCommand {
  /** Set by {@code bin/kcp}. */
  private static final String HOME = System.getenv("KCP_HOME");

  /** The test that Maven runs by default. */
  private static final String FIRST = "Smoke";

  /** Exists if the working directory is a checkout. */
  private static final Path SCRIPT = Path.of("kcp");

  private SuiteCommand() {}

  /**
   * Returns the command that runs a test.
   *
   * @param test the test's class
   * @param options such as {@code -Dkcp.env=staging}
   */
  public static String run(String test, String options) {
    if (HOME != null) {
      return "%s/bin/kcp run %s %s".formatted(HOME, test, options).strip();
    }
    return test.equals(FIRST)
        ? ("mvn gatling:test " + options).strip()
        : "mvn gatling:test -Dgatling.simulationClass=%s %s".formatted(test, options).strip();
  }

  /** Returns the command for the first run on an environment. */
  public static String firstRun(String environment) {
    return run(FIRST, "-Dkcp.env=" + environment);
  }

  /**
   * Returns the command that writes Gatling's own report of a finished run; empty outside a
   * checkout, because it needs Maven.
   *
   * @param run the name of the run's folder
   */
  public static Optional<String> gatlingsReport(String run) {
    return HOME != null
        ? Optional.empty()
        : Optional.of("mvn gatling:test -Dgatling.reportsOnly=" + run);
  }

  /**
   * Returns any other {@code kcp} command.
   *
   * @param arguments such as {@code seed staging}
   */
  public static String kcp(String arguments) {
    if (HOME != null) {
      return HOME + "/bin/kcp " + arguments;
    }
    return Files.exists(SCRIPT)
        ? (File.separatorChar == '/' ? "./kcp " : ".\\kcp ") + arguments
        : "mvn -q test-compile exec:java@kcp -Dexec.args=\"%s\"".formatted(arguments);
  }
}
