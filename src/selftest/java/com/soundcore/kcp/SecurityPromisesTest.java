package com.soundcore.kcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise of SECURITY.md names a test that exists. */
class SecurityPromisesTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  @Test
  void everyPromiseNamesItsTest() throws IOException {
    String text = Files.readString(Path.of(".github", "SECURITY.md"));
    String promises =
        text.substring(text.indexOf("## Promises"), text.indexOf("## What the suite does not"));
    assertThat(promises.lines().filter(line -> line.startsWith("| ")).skip(1))
        .hasSizeGreaterThan(10)
        .allMatch(line -> TEST.matcher(line).find());
    Set<String> tests;
    try (Stream<Path> files = Files.walk(Path.of("src", "selftest", "java"))) {
      tests =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    assertThat(TEST.matcher(promises).results().map((MatchResult name) -> name.group(1)))
        .allMatch(tests::contains);
  }
}
