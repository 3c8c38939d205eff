package com.soundcore.kcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.JvmOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The image and the manifests name paths: they are those of the zip. */
@Tag("full")
class LayoutTest {
  private static final Path KUBERNETES = Path.of("conf", "kubernetes");
  private static final Pattern IN_THE_IMAGE = Pattern.compile("/opt/kcp/([\\w./-]+)");

  @Test
  void everyPathOfTheImageThatIsNamedIsInTheZip() throws IOException {
    try (FileSystem zip = Installation.open()) {
      Path top = Installation.top(zip);
      int named = 0;
      for (Path file :
          List.of(
              KUBERNETES.resolve("Dockerfile"),
              Path.of("src", "test", "resources", "kubernetes", "fleet.yaml"))) {
        Matcher path = IN_THE_IMAGE.matcher(Files.readString(file));
        while (path.find()) {
          named++;
          String inside = path.group(1).replace("${environment}.conf", "");
          assertThat(top.resolve(inside)).as("%s names %s", file, path.group()).exists();
        }
      }
      assertThat(named).isEqualTo(3);
    }
  }

  @Test
  void theImageRestsOnOneThatIsPinnedByItsDigest() throws IOException {
    assertThat(Files.readAllLines(KUBERNETES.resolve("Dockerfile")))
        .filteredOn(line -> line.startsWith("FROM"))
        .hasSize(1)
        .allMatch(line -> line.matches("FROM \\S+@sha256:[0-9a-f]{64}"));
  }

  @Test
  void theDockerfileTakesTheZipByItsNameAndItsTopFolder() throws IOException {
    String dockerfile = Files.readString(KUBERNETES.resolve("Dockerfile"));
    assertThat(dockerfile).contains("ADD --chown=0:0 kcp-load-test-*.zip kcp.zip");
    assertThat(dockerfile).contains("mv kcp-load-test-* kcp ");
    assertThat(dockerfile).contains("USER 10001:10001");
    try (FileSystem zip = Installation.open()) {
      String top = Installation.top(zip).toString();
      assertThat(Installation.zip().getFileName().toString()).isEqualTo(top.substring(1) + ".zip");
    }
  }

  @Test
  void everyLibraryIsListedWithItsVersionAndLicence() throws IOException {
    try (FileSystem zip = Installation.open()) {
      Path top = Installation.top(zip);
      Map<String, Boolean> licensed = new HashMap<>();
      JsonNode bill = new ObjectMapper().readTree(Files.readString(top.resolve("bom.json")));
      for (JsonNode one : bill.path("components")) {
        String name = one.path("name").asText() + "-" + one.path("version").asText();
        licensed.put(name, !one.path("licenses").isEmpty());
      }
      try (Stream<Path> libraries = Files.list(top.resolve("lib"))) {
        List<String> names =
            libraries
                .map(library -> library.getFileName().toString().replace(".jar", ""))
                .filter(name -> !name.startsWith("kcp-load-test-"))
                .toList();
        // A library for one platform has its name at the end.
        assertThat(names)
            .hasSizeGreaterThan(100)
            .allMatch(
                name ->
                    licensed.entrySet().stream()
                        .anyMatch(one -> name.startsWith(one.getKey()) && one.getValue()));
      }
    }
  }

  @Test
  void nothingInTheZipTellsWhenItWasBuilt() throws IOException {
    try (FileSystem zip = Installation.open();
        Stream<Path> files = Files.walk(Installation.top(zip))) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThan(100)
          .allSatisfy(
              file ->
                  assertThat(Files.getLastModifiedTime(file).toInstant())
                      .isBetween("2025-12-31T00:00:00Z", "2026-01-02T00:00:00Z"));
    }
  }

  @Test
  void theProgramStartsItsJvmAsMavenDoes() throws IOException {
    try (FileSystem zip = Installation.open()) {
      String program = Files.readString(Installation.top(zip).resolve("bin/kcp"));
      assertThat(JvmOptions.ofMaven())
          .hasSizeGreaterThan(4)
          .allSatisfy(option -> assertThat(program).contains(option));
    }
  }

  @Test
  void theProgramMayBeStartedAndTheTestsOwnLibrariesStayHome() throws IOException {
    try (FileSystem zip = Installation.open()) {
      Path top = Installation.top(zip);
      assertThat(Files.getPosixFilePermissions(top.resolve("bin/kcp")))
          .contains(PosixFilePermission.OTHERS_EXECUTE);
      try (Stream<Path> libraries = Files.list(top.resolve("lib"))) {
        assertThat(libraries.map(library -> library.getFileName().toString()))
            .anyMatch(name -> name.startsWith("kcp-load-test-"))
            .anyMatch(name -> name.startsWith("gatling-app-"))
            .noneMatch(
                name ->
                    name.matches(
                        "(junit|assertj|byte-buddy|client-java|gson|selenium|archunit|opentelemetry).*"));
      }
    }
  }

  @Test
  void nothingOfTheSuitesOwnTestsShips() throws IOException {
    Path classes = Path.of("target", "test-classes");
    Set<String> selftest = new TreeSet<>();
    for (Path root :
        List.of(Path.of("src", "selftest", "java"), Path.of("src", "selftest", "resources"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(Files::isRegularFile)
            .map(file -> root.relativize(file).toString().replace('\\', '/'))
            .map(name -> name.replace(".java", ".class"))
            .filter(name -> !name.endsWith("package-info.class"))
            .forEach(selftest::add);
      }
    }
    assertThat(selftest).hasSizeGreaterThan(100);
    assertThat(selftest).allMatch(name -> Files.exists(classes.resolve(name)));
    for (String ending : List.of("-tests.jar", "-shaded.jar")) {
      try (JarFile jar = new JarFile(built(ending))) {
        assertThat(
                jar.stream().map(entry -> entry.getName().replaceAll("\\$.*\\.class$", ".class")))
            .as(ending)
            .contains("Qps10k.class", "feeders/auth.conf")
            .doesNotContainAnyElementsOf(selftest);
      }
    }
  }

  /** Files of one name are merged: what somebody took out of one would come back from the other. */
  @Test
  void theConfigurationIsInOnePlaceAlone() throws IOException {
    List<String> files = List.of("kcp.conf", "services.conf", "environments/production.conf");
    try (JarFile zip = new JarFile(built("-tests.jar"));
        JarFile enterprise = new JarFile(built("-shaded.jar"))) {
      assertThat(zip.stream().map(ZipEntry::getName)).doesNotContainAnyElementsOf(files);
      assertThat(enterprise.stream().map(ZipEntry::getName)).containsAll(files);
    }
    try (FileSystem unpacked = Installation.open()) {
      for (String file : files) {
        assertThat(Installation.top(unpacked).resolve("conf").resolve(file)).exists();
      }
    }
  }

  private static File built(String ending) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .findFirst()
          .orElseThrow()
          .toFile();
    }
  }
}
