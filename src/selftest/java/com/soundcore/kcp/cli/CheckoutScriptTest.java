package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.soundcore.kcp.embedded.ClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of a checkout. */
class CheckoutScriptTest {
  @TempDir private Path checkout;

  private Path built;

  @BeforeEach
  void copyTheScript() throws IOException {
    assumeTrue(File.separatorChar == '/', "The script needs a POSIX shell");
    Files.copy(Path.of("kcp"), checkout.resolve("kcp"));
    Files.createDirectories(checkout.resolve("target"));
    Files.createDirectories(checkout.resolve("src/test"));
    Files.createFile(checkout.resolve("pom.xml"));
    built = checkout.resolve("target/kcp.classpath");
  }

  private String kcp(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", checkout.resolve("kcp").toString(), command)
            .redirectErrorStream(true);
    // A Maven that says that it was called.
    Path maven = Files.createDirectories(checkout.resolve("bin")).resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\necho \"Maven: $*\"\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    builder.environment().merge("PATH", maven.getParent() + ":", (old, mine) -> mine + old);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void whatIsCompiledStartsWithoutMaven() throws Exception {
    Files.writeString(built, ClassPath.ofTheSuite());
    assertThat(kcp("--help"))
        .contains("Usage: kcp", "init", "seed", "report")
        .doesNotContain("Maven", "class-path");
  }

  @Test
  void aNewerSourceIsCompiledAndAFailureIsSaid() throws Exception {
    Files.writeString(built, ClassPath.ofTheSuite());
    Files.setLastModifiedTime(built, FileTime.from(Instant.now().minusSeconds(60)));
    Files.writeString(checkout.resolve("src/test/Some.java"), "");
    assertThat(kcp("--help"))
        .contains(
            "Maven: -q test-compile exec:java@kcp -Dexec.args=class-path target/kcp.classpath")
        .contains("INVALID: the suite could not be compiled");
  }

  @Test
  void theFileThatItStartsFromNamesTheClassesOfTheSuite() throws Exception {
    assertThat(Kcp.commandLine().execute("class-path", built.toString())).isZero();
    assertThat(Files.readString(built)).isEqualTo(ClassPath.ofTheSuite());
  }
}
