package com.soundcore.kcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Older versions of these libraries have known vulnerabilities, or get no more fixes. */
class DependenciesTest {

  private static List<String> versionsOnTheClassPath(String artifact) {
    Pattern jar = Pattern.compile(artifact + "-(\\d[\\w.]*?)(-[a-z].*)?\\.jar");
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> jar.matcher(Path.of(entry).getFileName().toString()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .toList();
  }

  private static int[] numbers(String version) {
    return Pattern.compile("\\D+")
        .splitAsStream(version)
        .filter(part -> !part.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static boolean isAtLeast(String version, String least) {
    return Arrays.compare(numbers(version), numbers(least)) >= 0;
  }

  @ParameterizedTest
  @CsvSource({
    // CVE-2026-50010 and CVE-2026-62243 bypass the check of a host's name.
    "netty-(?!tcnative)[a-z0-9_-]+, 4.2.18, 15",
    // CVE-2026-42198
    "postgresql, 42.7.11, 1",
    "logback-(?:classic|core), 1.5.38, 2",
    "HikariCP, 7.1.0, 1",
    "gson, 2.15.0, 1"
  })
  void noVersionOnTheClassPathIsOlder(String artifact, String least, int libraries) {
    assertThat(versionsOnTheClassPath(artifact))
        .hasSizeGreaterThanOrEqualTo(libraries)
        .allSatisfy(version -> assertThat(isAtLeast(version, least)).as(version).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "<postgresql-binaries.version>, 17.0",
    // 3.7 needs Maven 3.9.
    "(?s)<artifactId>exec-maven-plugin</artifactId>[^/]*<version>, 3.6.4"
  })
  void noVersionThatTheBuildNamesIsOlder(String before, String least) throws IOException {
    Matcher version =
        Pattern.compile(before + "([\\d.]+)<").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    assertThat(isAtLeast(version.group(1), least)).as(version.group(1)).isTrue();
  }

  @Test
  void versionsAreComparedByTheirNumbers() {
    assertThat(isAtLeast("4.2.14.Final", "4.2.18")).isFalse();
    assertThat(isAtLeast("4.2.18.Final", "4.2.18")).isTrue();
    assertThat(isAtLeast("42.7.8", "42.7.11")).isFalse();
    assertThat(isAtLeast("10.0", "9.12")).isTrue();
  }
}
