package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.GatlingSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The arguments of Gatling's process. They are the only source of its results folder. */
final class GatlingCommand {
  // Gatling's Maven plugin starts "<a jar> io.gatling.app.Gatling" and puts the arguments into this
  // resource.
  private static final String OF_THE_PLUGIN = "META-INF/args.txt";
  private static final String MAIN_CLASS = "io.gatling.app.Gatling";
  private static final List<String> RESULTS = List.of("-rf", "--results-folder");

  private final List<String> arguments;

  GatlingCommand(List<String> arguments) {
    this.arguments = arguments;
  }

  /** Returns the arguments of this JVM; empty if they are unknown, and then every check passes. */
  static GatlingCommand ofThisProcess() {
    List<String> command = List.of(System.getProperty("sun.java.command", "").split("\\s+"));
    if (!command.contains(MAIN_CLASS)) {
      return new GatlingCommand(List.of());
    }
    try (InputStream given =
        GatlingCommand.class.getClassLoader().getResourceAsStream(OF_THE_PLUGIN)) {
      return new GatlingCommand(
          given == null
              ? command
              : new String(given.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException unreadable) {
      return new GatlingCommand(List.of());
    }
  }

  /**
   * Checks that a run with a verdict has a log in the folder where this suite reads it.
   *
   * @throws ConfigException if it has none, because the load would be wasted
   */
  void mustKeepLogFor(KcpConfig.RunOptions run) {
    if (run.keepsLog()) {
      GatlingSettings.mustKeepLog(System.getProperties());
      mustWriteTo(run.resultsFolder());
    } else if (run.stopWithParent()) {
      // The pom sets this property. Maven's exit code must be a verdict.
      throw new ConfigException(
          List.of(
              "kcp.results-folder (-D) was ''; must name a folder under Maven: without a log there"
                  + " is no verdict"));
    }
  }

  /**
   * Checks that Gatling writes its log where this suite reads it.
   *
   * @param wanted kcp.results-folder
   * @throws ConfigException if Gatling writes elsewhere, because the load would be wasted
   */
  void mustWriteTo(String wanted) {
    Optional<Path> actual = resultsFolder();
    if (actual.isPresent() && !actual.get().equals(absolute(wanted))) {
      throw new ConfigException(
          List.of(
              "kcp.results-folder (-D) was '%s'; must be where Gatling writes its log, which is %s. With Maven leave it out; otherwise give Gatling the same (-rf %s), or type: kcp run <Test> -Dkcp.results-folder=%s"
                  .formatted(wanted, actual.get(), wanted, wanted)));
    }
  }

  private Optional<Path> resultsFolder() {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (RESULTS.contains(arguments.get(i))) {
        return Optional.of(absolute(arguments.get(i + 1)));
      }
    }
    return Optional.empty();
  }

  /** Resolves symbolic links as far as the path exists. */
  private static Path absolute(String folder) {
    Path path = Path.of(folder).toAbsolutePath().normalize();
    for (Path there = path; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(path)).normalize();
      } catch (IOException notThereYet) {
        // The folder does not exist yet, but its parent may.
      }
    }
    return path;
  }
}
