package com.soundcore.kcp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the JVM of a run is started with, for tests. */
public final class JvmOptions {
  private static final Pattern ARGUMENT = Pattern.compile("<jvmArg>(.*?)</jvmArg>");

  private JvmOptions() {}

  /** Those that {@code pom.xml} gives to Maven, but for the suite's own properties. */
  public static List<String> ofMaven() {
    try {
      return ARGUMENT
          .matcher(Files.readString(Path.of("pom.xml")))
          .results()
          .map(found -> found.group(1))
          .filter(option -> !option.startsWith("-Dkcp."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
