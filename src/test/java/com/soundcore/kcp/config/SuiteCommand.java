package com.soundcore.kcp.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The suite's commands as a user types them: {@code bin/kcp} where the zip was unpacked; in a
 * checkout Maven for tests, and {@code ./kcp} for anything else.
 */
public final class SuiteCommand {
  /** Set by {@code bin/kcp}. */
  private static final String HOME = System.getenv("KCP_HOME");

  /** Maven's, where nobody names a test. */
  private static final String FIRST = "Smoke";

  /** Of the checkout, where the suite was started in its folder. */
  private static final Path SCRIPT = Path.of("kcp");

  private SuiteCommand() {}

  /**
   * Runs a test.
   *
   * @param test its class
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

  /** The first run on a system. */
  public static String firstRun(String environment) {
    return run(FIRST, "-Dkcp.env=" + environment);
  }

  /**
   * Writes Gatling's own report of a run that has none; by Maven alone.
   *
   * @param run the name of its folder
   */
  public static Optional<String> gatlingsReport(String run) {
    return HOME != null
        ? Optional.empty()
        : Optional.of("mvn gatling:test -Dgatling.reportsOnly=" + run);
  }

  /**
   * Anything else that {@code kcp} can do.
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
