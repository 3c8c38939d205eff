package com.soundcore.kcp.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
   */
  record Result(String what, List<String> expected, List<String> found) {
    /** Everything that was expected, and nothing on another service or resource. */
    boolean isRight() {
      Set<String> subjects = new TreeSet<>();
      expected.forEach(one -> subjects.add(subject(one)));
      return found.containsAll(expected)
          && found.stream().allMatch(one -> subjects.contains(subject(one)));
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
              isRight() ? "right" : "WRONG",
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
   * Runs the matrix, with "answers" its questions, with "database" the faults on PostgreSQL; the
   * exit code says whether all was right.
   */
  public static void main(String[] args) {
    List<String> words = List.of(args);
    DetectionMatrix matrix =
        new DetectionMatrix(words.contains("database") ? "database" : "detection");
    boolean right = words.contains("answers") ? matrix.answers() : matrix.findings();
    System.exit(right ? 0 : 1);
  }

  /** Questions whose answer is a number that is known. */
  private boolean answers() {
    boolean right = true;
    for (JsonNode entry : matrix.path("answers")) {
      JsonNode summary =
          summary(
              entry.path("simulation").asText(),
              entry.path("properties"),
              Map.of("kcp.backend.faults", "[{ " + entry.path("fault").asText() + " }]"));
      double found = figure(entry.path("figure").asText(), summary);
      double expected = entry.path("expect").asDouble();
      boolean near = Math.abs(found - expected) <= entry.path("within").asDouble();
      right &= near;
      System.out.printf(
          Locale.ROOT,
          "%-7s %-11s expected: %s ± %s  found: %.4g   (%s)%n",
          near ? "right" : "WRONG",
          entry.path("figure").asText(),
          entry.path("expect").asText(),
          entry.path("within").asText(),
          found,
          entry.path("about").asText());
    }
    return right;
  }

  private static double figure(String name, JsonNode summary) {
    return switch (name) {
      case "breakpoint" -> {
        JsonNode found = summary.path("breakpoint");
        yield (found.at("/lastHeld/plannedRps").asDouble(Double.NaN)
                + found.at("/firstBroken/plannedRps").asDouble(Double.NaN))
            / 2;
      }
      case "recovery" -> slowest(summary);
      case "memory-leak" -> leak(summary);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double slowest(JsonNode summary) {
    double slowest = Double.NaN;
    for (JsonNode recovery : summary.path("recovery")) {
      if (recovery.path("service").asText().equals("analytics")) {
        slowest = recovery.path("seconds").asDouble(Double.NaN);
      }
    }
    return slowest;
  }

  /** In MB for each 1,000 calls. */
  private static double leak(JsonNode summary) {
    for (JsonNode drift : summary.path("drift")) {
      boolean memory = drift.path("figure").asText().equals("old-generation");
      if (memory && drift.path("matters").asBoolean()) {
        JsonNode service = summary.path("services").path(drift.path("service").asText());
        double megabytes = drift.path("perMinute").asDouble() * 1.048576;
        return megabytes / 60 / service.path("rps").asDouble() * 1000;
      }
    }
    return Double.NaN;
  }

  private boolean findings() {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < faults(); i++) {
      results.add(printed(fault(i)));
    }
    matrix
        .path("healthy")
        .properties()
        .forEach(
            entry -> {
              for (int i = 0; i < entry.getValue().asInt(); i++) {
                results.add(printed(healthy(entry.getKey())));
              }
            });
    long right = results.stream().filter(Result::isRight).count();
    long first = results.stream().filter(Result::isRightFirst).count();
    System.out.printf(
        "%d of %d right; in %d the first that was named was planted%n",
        right, results.size(), first);
    return right == results.size();
  }

  private static Result printed(Result result) {
    System.out.println(result.line());
    return result;
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
    return new Result(fault, expected, run(entry.path("shape").asText(), properties));
  }

  /** Plants nothing. */
  Result healthy(String shape) {
    return new Result("", List.of(), run(shape, Map.of()));
  }

  private List<String> run(String shape, Map<String, String> more) {
    JsonNode of = matrix.path("shapes").path(shape);
    List<String> found = new ArrayList<>();
    summary(of.path("simulation").asText(), of.path("properties"), more)
        .path("findings")
        .forEach(
            finding ->
                found.add(
                    finding.path("kind").asText() + " at " + finding.path("service").asText()));
    return found;
  }

  private JsonNode summary(String simulation, JsonNode own, Map<String, String> more) {
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
