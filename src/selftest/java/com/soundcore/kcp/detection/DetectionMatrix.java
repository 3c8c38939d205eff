package com.soundcore.kcp.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.Shell;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Plants every fault of {@code matrix/detection.json} for the test that is to find it, and runs
 * healthy systems in between: prints what was expected and what was found.
 */
public final class DetectionMatrix {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(8);

  /**
   * A run and what came of it.
   *
   * @param what was planted; empty for a healthy run
   * @param expected each "kind at service"; empty for nothing
   * @param found the same of every finding, in the order of the report
   * @param disturbed why the generator was not sound; empty if it was
   */
  record Result(String what, List<String> expected, List<String> found, String disturbed) {
    /** Everything that was expected, and nothing on another service or resource. */
    boolean isRight() {
      Set<String> subjects = new TreeSet<>();
      expected.forEach(one -> subjects.add(subject(one)));
      return found.containsAll(expected)
          && found.stream().allMatch(one -> subjects.contains(subject(one)));
    }

    /** Whether it says something about the findings: a busy machine has causes of its own. */
    boolean isJudged() {
      return isRight() || disturbed.isEmpty();
    }

    /** Whether what is named first was planted. */
    boolean isRightFirst() {
      return found.isEmpty() ? expected.isEmpty() : expected.contains(found.get(0));
    }

    private static String subject(String one) {
      return one.replaceFirst(".* at ", "");
    }

    String line() {
      return "%-7s %-75s expected: %-32s found: %s"
          .formatted(
              isRight() ? "right" : isJudged() ? "WRONG" : "BUSY",
              what.isEmpty() ? "healthy" : what,
              expected.isEmpty() ? "nothing" : String.join(", ", expected),
              found.isEmpty() ? "nothing" : String.join(", ", found));
    }
  }

  private final JsonNode matrix;

  /**
   * @param name of a file in {@code matrix}
   */
  DetectionMatrix(String name) {
    try (InputStream file =
        DetectionMatrix.class.getClassLoader().getResourceAsStream("matrix/" + name + ".json")) {
      matrix = JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the matrix, with "answers" its questions, with "database" the faults on PostgreSQL, with
   * "standin" services in Python whose pool overflows, with other words the faults that have one of
   * them; the exit code says whether there are any, and all that could be planted was found and
   * nothing else.
   */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of(args));
    if (words.contains("standin")) {
      System.exit(ChurningPool.isNamed() ? 0 : 1);
    }
    boolean answers = words.remove("answers");
    DetectionMatrix matrix =
        new DetectionMatrix(words.remove("database") ? "database" : "detection");
    boolean right = answers ? new KnownAnswers(matrix).areFound() : matrix.findings(words);
    System.exit(right ? 0 : 1);
  }

  private boolean findings(List<String> words) {
    List<Result> results = new ArrayList<>();
    int fitting = 0;
    for (int i = 0; i < faults(); i++) {
      JsonNode entry = matrix.path("faults").path(i);
      String needs = entry.path("needs").asText();
      if (!words.isEmpty() && words.stream().noneMatch(entry.path("fault").asText()::contains)) {
        continue;
      }
      fitting++;
      if (needs.isEmpty() || canDo(needs)) {
        results.add(printed(fault(i)));
      } else {
        System.out.println("skipped: this machine cannot: " + needs);
      }
    }
    JsonNode healthy = words.isEmpty() ? matrix.path("healthy") : JSON.createObjectNode();
    healthy
        .properties()
        .forEach(
            entry -> {
              for (int i = 0; i < entry.getValue().asInt(); i++) {
                results.add(printed(healthy(entry.getKey())));
              }
            });
    int runs = results.size();
    results.removeIf(result -> !result.isJudged());
    long right = results.stream().filter(Result::isRight).count();
    long first = results.stream().filter(Result::isRightFirst).count();
    System.out.printf(
        "%d of %d right; in %d the first that was named was planted; %d runs on a busy machine%n",
        right, results.size(), first, runs - results.size());
    return right == runs && fitting > 0;
  }

  private static boolean canDo(String command) {
    try {
      return Shell.run(command, Map.of(), Path.of("")).code() == 0;
    } catch (IOException noShell) {
      return false;
    }
  }

  private static Result printed(Result result) {
    System.out.println(result.line());
    return result;
  }

  /** Questions whose answer is a number that is known. */
  JsonNode questions() {
    return matrix.path("answers");
  }

  int faults() {
    return matrix.path("faults").size();
  }

  /** The numbers of those that stand for the others where time is short. */
  List<Integer> shortForm() {
    List<Integer> numbers = new ArrayList<>();
    matrix.path("short").forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }

  /** Plants one of the faults, or several at once. */
  Result fault(int number) {
    JsonNode entry = matrix.path("faults").path(number);
    String fault = entry.path("fault").asText();
    String service = fault.replaceFirst("service = (\\w+).*", "$1");
    List<String> expected = new ArrayList<>();
    if (entry.path("expect").isArray()) {
      entry.path("expect").forEach(one -> expected.add(one.asText()));
    } else {
      expected.add(entry.path("expect").asText() + " at " + service);
    }
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("kcp.backend.faults", "[{ " + fault + " }]");
    entry
        .path("properties")
        .properties()
        .forEach(p -> properties.put(p.getKey(), p.getValue().asText()));
    return run(fault, expected, entry.path("shape").asText(), properties);
  }

  /** Plants nothing. */
  Result healthy(String shape) {
    return run("", List.of(), shape, Map.of());
  }

  private Result run(String what, List<String> expected, String shape, Map<String, String> more) {
    JsonNode of = matrix.path("shapes").path(shape);
    JsonNode summary = summary(of.path("simulation").asText(), of.path("properties"), more);
    List<String> found = new ArrayList<>();
    summary
        .path("findings")
        .forEach(
            finding ->
                found.add(
                    finding.path("kind").asText() + " at " + finding.path("service").asText()));
    return new Result(
        what, expected, found, summary.path("generator").path("messages").path(0).asText());
  }

  JsonNode summary(String simulation, JsonNode own, Map<String, String> more) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (JsonNode some : List.of(matrix.path("always"), own)) {
      some.properties().forEach(p -> properties.put(p.getKey(), p.getValue().asText()));
    }
    properties.putAll(more);
    try (SuiteProcess run = SuiteProcess.start(simulation, properties)) {
      run.exitCode(LIMIT);
      return JSON.readTree(run.folder().resolve("kcp").resolve("summary.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
