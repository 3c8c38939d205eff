package com.soundcore.kcp.survival;

import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.testkit.Shell;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** One row, tried in a folder of its own. */
final class Trial {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Lines of what went wrong. */
  private static final int SHOWN = 25;

  private static final int STILL_RUNNING = -1;

  /** In the environment of all processes of a row: it finds those that are left behind. */
  static final String MARK = "KCP_TRIAL";

  private static final String CHECKOUT = "CHECKOUT";

  private final Row row;
  private final Path work;
  private final String mark = UUID.randomUUID().toString();
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param work an empty folder
   */
  Trial(Row row, Path work) {
    this.row = row;
    this.work = work;
  }

  /** Why it cannot be tried on this machine; empty where it can. */
  static Optional<String> missing(Row row) throws IOException {
    return row.needs().isEmpty() || Shell.run(row.needs(), Map.of(), Path.of(".")).code() == 0
        ? Optional.empty()
        : Optional.of(row.needs());
  }

  /** Does it; what was not as expected, and nothing where all was. */
  List<String> run() throws IOException {
    Path folder = work.resolve(row.folder());
    Files.createDirectories(folder);
    Path temporary = Files.createDirectories(work.resolve("temporary"));
    // A row names its exit codes, and a slow machine would make each of them 3.
    Map<String, String> properties = new HashMap<>(row.properties());
    properties.put("kcp.generator.max-paused", "100%");
    properties.putIfAbsent("java.io.tmpdir", temporary.toString());
    Map<String, String> environment = new LinkedHashMap<>(row.environment());
    environment.put(MARK, mark);
    environment.put(CHECKOUT, Path.of("").toAbsolutePath().toString());
    try (ChangingSystem system =
        row.answers().map(answers -> new ChangingSystem(answers, work)).orElse(null)) {
      if (system != null) {
        properties.putAll(system.properties());
        environment.putAll(system.environment());
      }
      SuiteProcess.Place place = new SuiteProcess.Place(row.before(), folder);
      try (SuiteProcess run =
          SuiteProcess.start(place, row.simulation(), properties, environment)) {
        if (!row.when().isEmpty()) {
          run.await(row.when(), LIMIT);
          if (system != null) {
            system.change();
          }
          shell(row.event(), run, folder);
        }
        check("the run", row.expected(), exitCode(run), run.output());
        Leftovers.of(mark, temporary).forEach(left -> wrong.add("left behind: " + left));
        if (!row.afterwards().isEmpty()) {
          Shell.Done done = shell(row.afterwards(), run, folder);
          check("afterwards", row.then(), done.code(), done.output());
        }
        keeps(folder);
      }
    }
    return wrong;
  }

  private static int exitCode(SuiteProcess run) {
    try {
      return run.exitCode(LIMIT);
    } catch (AssertionError stillRunning) {
      return STILL_RUNNING;
    }
  }

  private Shell.Done shell(String command, SuiteProcess run, Path folder) throws IOException {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("RUN", String.valueOf(run.handle().pid()));
    known.put(
        "BACKEND",
        run.descendants(line -> line.contains("BackendProgram")).stream()
            .map(backend -> String.valueOf(backend.pid()))
            .findFirst()
            .orElse(""));
    known.put("WORK", work.toString());
    known.put("FOLDER", newest(folder).map(Path::toString).orElse(""));
    known.put("AGAIN", run.commandLine());
    known.put("KCP", kcp());
    known.put(MARK, mark);
    known.put(CHECKOUT, Path.of("").toAbsolutePath().toString());
    return Shell.run(command, known, folder);
  }

  private static String kcp() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return java + " -cp " + ClassPath.ofTheSuite() + " com.soundcore.kcp.cli.Kcp";
  }

  private static Optional<Path> newest(Path folder) throws IOException {
    Path results = folder.resolve(SuiteProcess.RESULTS);
    if (!Files.isDirectory(results)) {
      return Optional.empty();
    }
    try (var runs = Files.list(results)) {
      return runs.filter(Files::isDirectory)
          .max((a, b) -> a.compareTo(b))
          .map(Path::toAbsolutePath);
    }
  }

  private void keeps(Path folder) throws IOException {
    Optional<Path> newest = newest(folder);
    for (String file : row.keeps()) {
      if (newest.isEmpty() || !Files.exists(newest.get().resolve(file))) {
        wrong.add("not kept: " + file);
      }
    }
  }

  private void check(String what, Row.Expected expected, int code, String output) {
    boolean passes = expected.exits().contains(0);
    if (!expected.exits().contains(code)) {
      wrong.add("%s ended with %d in place of %s".formatted(what, code, expected.exits()));
    }
    if (!passes && Pattern.compile("(?m)^PASS$").matcher(output).find()) {
      wrong.add(what + " said PASS");
    }
    for (String text : expected.says()) {
      if (!Pattern.compile(text).matcher(output).find()) {
        wrong.add("%s did not say '%s'".formatted(what, text));
      }
    }
    List<String> never = new ArrayList<>(expected.never());
    // Gatling's own end is Gatling's: where it crashes, that is on its main thread.
    never.add("Exception in thread \"(?!main\")|\\n\\s+at com\\.soundcore");
    for (String text : never) {
      if (Pattern.compile(text).matcher(output).find()) {
        wrong.add("%s said '%s'".formatted(what, text));
      }
    }
    if (!wrong.isEmpty()) {
      List<String> lines = output.lines().toList();
      wrong.addAll(lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
    }
  }
}
