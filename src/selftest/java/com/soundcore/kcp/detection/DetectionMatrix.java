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
   * @param expected "kind at service"; empty for nothing
   * @param found the same of every finding
   */
  record Result(String what, String expected, TreeSet<String> found) {
    /** Everything that was expected and nothing on another service. */
    boolean isRight() {
      String service = expected.replaceFirst(".* at ", "");
      return expected.isEmpty()
          ? found.isEmpty()
          : found.contains(expected)
              && found.stream().allMatch(one -> one.endsWith(" at " + service));
    }

    String line() {
      return "%-7s %-75s expected: %-32s found: %s"
          .formatted(
              isRight() ? "right" : "WRONG",
              what.isEmpty() ? "healthy" : what,
              expected.isEmpty() ? "nothing" : expected,
              found.isEmpty() ? "nothing" : String.join(", ", found));
    }
  }

  private final JsonNode matrix;

  DetectionMatrix() {
    try (InputStream file =
        DetectionMatrix.class.getClassLoader().getResourceAsStream("matrix/detection.json")) {
      matrix = JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the matrix, or with "answers" the questions; the exit code says whether all was right. */
  public static void main(String[] args) {
    DetectionMatrix matrix = new DetectionMatrix();
    boolean right = List.of(args).contains("answers") ? matrix.answers() : matrix.findings();
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
    System.out.printf("%d of %d right%n", right, results.size());
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

  /** Plants one of the faults. */
  Result fault(int number) {
    JsonNode entry = matrix.path("faults").path(number);
    String fault = entry.path("fault").asText();
    String service = fault.replaceFirst("service = (\\w+).*", "$1");
    TreeSet<String> found =
        run(entry.path("shape").asText(), Map.of("kcp.backend.faults", "[{ " + fault + " }]"));
    return new Result(fault, entry.path("expect").asText() + " at " + service, found);
  }

  /** Plants nothing. */
  Result healthy(String shape) {
    return new Result("", "", run(shape, Map.of()));
  }

  private TreeSet<String> run(String shape, Map<String, String> more) {
    JsonNode of = matrix.path("shapes").path(shape);
    TreeSet<String> found = new TreeSet<>();
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
