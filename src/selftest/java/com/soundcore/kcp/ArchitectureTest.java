package com.soundcore.kcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms of the suite and the arrows between them, as the architecture manual draws them. */
class ArchitectureTest {
  private static final String BASE = "com.soundcore.kcp";
  private static final Path SUITE = Path.of("src", "test", "java");

  /** Each room, and the rooms that it may use: only rooms that stand above it in this list. */
  private static final String ARROWS =
      """
      statistics          :
      pages               :
      run                 :
      config.services     :
      config.tests        :
      config              : config.services config.tests
      config.files        : config
      config.read         : config config.files config.services config.tests run
      openapi             : config.services
      backend.http        :
      backend.fault       : backend.http
      backend.server      : backend.fault backend.http
      backend.knowledge   : backend.http backend.server
      backend.support     : backend.http backend.server
      backend.auth        : backend.http backend.server
      backend.analytics   : backend.auth backend.http backend.knowledge backend.server backend.support
      backend.postgres    : backend.auth backend.fault backend.http backend.knowledge backend.support
      backend             : backend.fault backend.http backend.knowledge
      result              : run
      verdict.comparison  : config result run statistics
      verdict             : config config.services config.tests result run statistics verdict.comparison
      verdict.level       : config config.services result run statistics verdict
      workload            : config config.services run
      injection           : config config.services config.tests run verdict.level workload
      http                : config run
      preflight           : config config.read config.services config.tests http openapi run workload
      session             : config config.services http run
      onboarding          : backend backend.knowledge config config.services http openapi preflight run
      embedded            : backend config config.services run
      monitoring          : config http run
      live.otlp           : config
      live.calls          : config config.services run verdict verdict.level workload
      live                : config config.services config.tests injection live.calls live.otlp pages run verdict verdict.level workload
      finding.shared      : config run statistics
      finding.capacity    : config result run verdict verdict.level
      finding             : config config.services config.tests finding.capacity finding.shared result run statistics verdict verdict.level
      report              : config finding finding.capacity pages result run statistics verdict verdict.comparison
      fleet               : http run
      lifecycle           : config config.files config.read config.services config.tests embedded finding fleet http injection live monitoring preflight report result run session verdict verdict.comparison workload
                          : config lifecycle run
      cli                 : backend config config.read config.tests embedded http lifecycle onboarding openapi preflight report result run session verdict verdict.comparison
      """;

  private static Map<String, JavaClass> suite;

  @BeforeAll
  static void readTheSuite() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : sources()) {
      names.add(SUITE.relativize(file).toString().replace(".java", "").replaceAll("[/\\\\]", "."));
    }
    suite =
        new ClassFileImporter()
            .importPath(Path.of("target", "test-classes")).stream()
                .filter(type -> names.contains(type.getName().replaceAll("\\$.*", "")))
                .collect(Collectors.toMap(JavaClass::getName, type -> type));
    assertThat(suite).hasSizeGreaterThan(200);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SUITE)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** A service of the embedded backend that has no line of its own needs no more than this. */
  private static final List<String> ARROWS_OF_A_SERVICE = List.of("backend.http", "backend.server");

  private static boolean allowed(String from, String to, Map<String, List<String>> arrows) {
    // The backend wires its services, whichever there are.
    boolean wiring = from.equals("backend") && to.startsWith("backend.");
    List<String> others = from.startsWith("backend.") ? ARROWS_OF_A_SERVICE : List.of();
    return wiring || arrows.getOrDefault(from, others).contains(to);
  }

  private static Map<String, List<String>> arrows() {
    Map<String, List<String>> arrows = new TreeMap<>();
    ARROWS
        .lines()
        .forEach(
            line -> {
              String[] parts = line.split(":", 2);
              arrows.put(
                  parts[0].trim(),
                  Arrays.stream(parts[1].trim().split(" ")).filter(it -> !it.isEmpty()).toList());
            });
    return arrows;
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(BASE) ? "" : name.replace(BASE + ".", "");
  }

  private static Stream<Dependency> dependencies() {
    return suite.values().stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
  }

  @Test
  void everyArrowBetweenRoomsIsAnAllowedOne() {
    Map<String, List<String>> arrows = arrows();
    List<String> forbidden =
        dependencies()
            .filter(use -> use.getOriginClass().getPackageName().startsWith(BASE))
            .filter(use -> use.getTargetClass().getPackageName().startsWith(BASE))
            .filter(use -> !room(use.getOriginClass()).equals(room(use.getTargetClass())))
            .filter(use -> !allowed(room(use.getOriginClass()), room(use.getTargetClass()), arrows))
            .map(
                use ->
                    room(use.getOriginClass())
                        + " uses "
                        + room(use.getTargetClass())
                        + ": "
                        + use.getOriginClass().getSimpleName()
                        + " > "
                        + use.getTargetClass().getSimpleName())
            .distinct()
            .sorted()
            .toList();
    assertThat(forbidden).isEmpty();
  }

  @Test
  void arrowsPointUpwardsInTheirList() {
    List<String> order = ARROWS.lines().map(line -> line.split(":", 2)[0].trim()).toList();
    arrows()
        .forEach(
            (room, others) ->
                others.forEach(
                    other ->
                        assertThat(order.indexOf(other))
                            .as("%s uses %s", room, other)
                            .isBetween(0, order.indexOf(room) - 1)));
  }

  @Test
  void theSuiteUsesNothingOfItsOwnTests() {
    assertThat(
            dependencies()
                .map(Dependency::getTargetClass)
                .filter(type -> type.getPackageName().startsWith(BASE))
                .filter(type -> !type.isArray() && !suite.containsKey(type.getName()))
                .map(JavaClass::getName))
        .isEmpty();
  }

  @Test
  void onlyItsReaderKnowsTheConfigurationLibrary() {
    assertThat(roomsThatUse("com.typesafe.config")).containsExactly("config.read");
  }

  @Test
  void onlyTheWiringKnowsGatlingsLifecycle() {
    assertThat(roomsThatUse("io.gatling.javaapi.core.Simulation")).isSubsetOf("", "lifecycle");
    // The command starts Gatling's program; the rest is built of its parts.
    assertThat(roomsThatUse("io.gatling"))
        .isSubsetOf("", "cli", "injection", "lifecycle", "workload");
  }

  @Test
  void onlyOneRoomSpeaksHttpBesideTheLoad() {
    assertThat(roomsThatUse("java.net.http.HttpClient")).containsExactly("http");
    assertThat(roomsThatUse("java.net.URLConnection")).isEmpty();
    assertThat(roomsThatUse("java.net.HttpURLConnection")).isEmpty();
  }

  private static Set<String> roomsThatUse(String prefix) {
    return dependencies()
        .filter(use -> use.getTargetClass().getName().startsWith(prefix))
        .filter(use -> use.getOriginClass().getPackageName().startsWith(BASE))
        .map(use -> room(use.getOriginClass()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The packages leave out src/selftest by these names (selftest.files in the pom). */
  @Test
  void whatBelongsToTheTestsIsKnownByItsNameOrItsRoom() throws IOException {
    Set<String> rooms =
        Set.of("testkit", "detection", "survival", "truth", "benchmark", "distribution");
    Path top = Path.of("src", "selftest", "java", "com", "soundcore", "kcp");
    try (Stream<Path> files = Files.walk(top)) {
      List<String> unknown =
          files
              .filter(Files::isRegularFile)
              .map(top::relativize)
              .filter(file -> !rooms.contains(file.getName(0).toString()))
              .map(Path::toString)
              .filter(name -> !name.matches(".*(Test|Fixture)\\.java"))
              .toList();
      assertThat(unknown).isEmpty();
    }
  }
}
