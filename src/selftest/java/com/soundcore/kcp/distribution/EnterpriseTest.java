package com.soundcore.kcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.KcpSimulation;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.testkit.SuiteProcess;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Gatling Enterprise gets: the jar and its description. */
@Tag("full")
class EnterpriseTest {
  /** Libraries that are the suite's own, and Gatling does not bring: the jar must have them. */
  private static final Pattern OURS =
      Pattern.compile(".*(undertow|xnio|pebble|picocli|commons-rng|java-jwt|prometheus).*");

  private static Config described() {
    return ConfigFactory.parseFile(new File(".gatling/package.conf"))
        .resolve()
        .getConfig("gatling.enterprise.package");
  }

  @Test
  void everyTestIsDescribedAndEveryPropertyIsOneThatTheSuiteKnows() throws Exception {
    List<String> named = new ArrayList<>();
    for (Config simulation : described().getConfigList("simulations")) {
      String name = simulation.getString("simulation");
      assertThat(Class.forName(name)).isAssignableTo(KcpSimulation.class);
      assertThat(
              simulation.withFallback(described().getConfig("default.simulation")).root().keySet())
          .containsExactlyInAnyOrder(
              "name", "simulation", "locations", "parameters", "timeWindow", "stopCriteria");
      named.add(name.toLowerCase(java.util.Locale.ROOT));
    }
    Properties properties = new Properties();
    described()
        .getObject("default.simulation.parameters.systemProperties")
        .unwrapped()
        .forEach((key, value) -> properties.setProperty(key, value.toString()));
    assertThat(ConfigLoader.load(properties).tests().keySet())
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void itsJarRunsWithPlainJavaAndWithoutAnyLocalFile(@TempDir Path folder) throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path output = folder.resolve("output.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    for (String service : List.of("knowledge", "content", "support", "analytics", "auth")) {
      String url = "http://127.0.0.1:" + SuiteProcess.freePort();
      command.add("-Dkcp.environment.urls." + service + "=" + url);
    }
    command.addAll(List.of("-Dkcp.results-folder=", "-Dkcp.live.enabled=false"));
    command.add("-Dkcp.time-scale=0.1");
    command.addAll(List.of("-cp", jar() + File.pathSeparator + gatling()));
    command.addAll(List.of("io.gatling.app.Gatling", "-s", "Smoke", "-nr"));
    // Gatling's open-source program keeps a log wherever it has assertions to judge; the suite does
    // not look for it.
    command.addAll(List.of("-rf", folder.resolve("gatling").toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(elsewhere.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
      assertThat(Files.readString(output))
          .contains("Simulation Smoke started", "no verdict: this run keeps no log")
          .doesNotContain("PASS", "INVALID", "Exception");
      assertThat(elsewhere).isEmptyDirectory();
      try (Stream<Path> written = Files.walk(folder.resolve("gatling"))) {
        assertThat(written.filter(Files::isRegularFile).map(Path::getFileName))
            .containsExactly(Path.of("simulation.log"));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Path jar() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      return built
          .filter(file -> file.getFileName().toString().endsWith("-shaded.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no jar: mvn -DskipTests package builds it"))
          .toAbsolutePath();
    }
  }

  /** What is there before the jar comes: Gatling, and what it needs itself. */
  private static String gatling() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar") && !OURS.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
