package com.soundcore.kcp.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.TrendOptions;
import com.soundcore.kcp.pages.Pages;
import com.soundcore.kcp.run.LogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many runs over time, from their {@code summary.json}: a page, and files for other tools. */
public final class Trend {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Figure> FIGURES =
      List.of(
          new Figure("p95Ms", "p95", "ms", 1, true),
          new Figure("errorRate", "error rate", "%", 100, true),
          new Figure("rps", "rate", "req/s", 1, false));

  /** A figure of a service, as {@code summary.json} names it, and how it is shown. */
  record Figure(String key, String name, String unit, double factor, boolean smallerIsBetter) {}

  /**
   * What was written and found.
   *
   * @param files that were written
   * @param changes of level, in sentences
   * @param worse whether one is for the worse that nobody has acknowledged
   */
  public record Result(List<Path> files, List<String> changes, boolean worse) {}

  /** A value, as github-action-benchmark reads it. */
  private record Point(String name, String unit, double value, String extra) {}

  private Trend() {}

  /**
   * Writes {@code trend.html}, {@code trend-smaller.json} and {@code trend-bigger.json} into the
   * folder: the page over all runs, the files of the newest run of each kind that proved something.
   *
   * @throws LogException where there is no run
   */
  public static Result write(Path folder, TrendOptions options) {
    Map<String, List<JsonNode>> byKind = new TreeMap<>();
    for (JsonNode run : runs(folder)) {
      byKind.computeIfAbsent(kind(run.path("run")), kind -> new ArrayList<>()).add(run);
    }
    if (byKind.isEmpty()) {
      throw new LogException(
          folder + " holds no run with a kcp/summary.json; it must be a folder of runs.");
    }
    List<Object> charts = new ArrayList<>();
    TrendChanges search = new TrendChanges(options, acknowledged(folder));
    Map<String, List<TrendChanges.Changed>> changes = new TreeMap<>();
    byKind.forEach(
        (kind, runs) -> {
          charts.add(chart(kind, runs));
          changes.put(kind, changes(search, runs));
        });
    List<Path> files =
        List.of(
            written(
                folder.resolve("trend.html"),
                Pages.of(
                    "trend",
                    Map.of("kinds", byKind, "changes", changes, "series", Pages.json(charts)))),
            written(folder.resolve("trend-smaller.json"), Pages.json(newest(byKind, true))),
            written(folder.resolve("trend-bigger.json"), Pages.json(newest(byKind, false))));
    List<String> sentences = new ArrayList<>();
    changes.forEach(
        (kind, found) -> found.forEach(one -> sentences.add(kind + ": " + one.sentence())));
    boolean worse =
        changes.values().stream().flatMap(List::stream).anyMatch(TrendChanges.Changed::worse);
    return new Result(files, sentences, worse);
  }

  /** Runs whose id begins a line of acknowledged.txt. */
  private static Set<String> acknowledged(Path folder) {
    Path file = folder.resolve("acknowledged.txt");
    if (!Files.isReadable(file)) {
      return Set.of();
    }
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.strip().split("[\\s:,;]", 2)[0])
          .filter(id -> !id.isEmpty())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new LogException(file + " cannot be read: " + e.getMessage());
    }
  }

  /** Over the runs that proved something. */
  private static List<TrendChanges.Changed> changes(TrendChanges search, List<JsonNode> all) {
    List<JsonNode> runs = all.stream().filter(Trend::isJudged).toList();
    TreeSet<String> services = new TreeSet<>();
    runs.forEach(run -> run.path("services").fieldNames().forEachRemaining(services::add));
    List<TrendChanges.Changed> changes = new ArrayList<>();
    for (String service : services) {
      for (Figure figure : FIGURES) {
        List<JsonNode> values = runs.stream().map(run -> value(run, service, figure)).toList();
        changes.addAll(search.in(runs, service, figure, values));
      }
    }
    return changes;
  }

  private static boolean isJudged(JsonNode run) {
    return !run.path("verdict").path("status").asText().equals("INVALID");
  }

  /** Those that can be read, the oldest first. */
  private static List<JsonNode> runs(Path folder) {
    List<JsonNode> runs = new ArrayList<>();
    try (Stream<Path> below = Files.list(folder)) {
      for (Path run : below.toList()) {
        Path summary = run.resolve("kcp").resolve("summary.json");
        if (Files.isReadable(summary)) {
          runs.add(JSON.readTree(summary.toFile()));
        }
      }
    } catch (IOException e) {
      throw new LogException(folder + " cannot be read: " + e.getMessage());
    }
    runs.sort(Comparator.comparing(run -> run.path("run").path("startedAt").asText()));
    return runs;
  }

  /** What must be alike, or a line through the runs would mean nothing. */
  private static String kind(JsonNode run) {
    String scale =
        run.path("timeScale").asDouble() == 1 && run.path("loadScale").asDouble() == 1
            ? ""
            : ", time × %s, load × %s"
                .formatted(run.path("timeScale").asText(), run.path("loadScale").asText());
    return "%s on %s, %s, %s model%s"
        .formatted(
            run.path("simulation").asText(),
            run.path("environment").asText(),
            run.path("workload").asText(),
            run.path("injection").asText(),
            scale);
  }

  private static Map<String, Object> chart(String kind, List<JsonNode> runs) {
    TreeSet<String> services = new TreeSet<>();
    runs.forEach(run -> run.path("services").fieldNames().forEachRemaining(services::add));
    List<Object> figures = new ArrayList<>();
    for (Figure figure : FIGURES) {
      List<Object> lines = new ArrayList<>();
      for (String service : services) {
        lines.add(runs.stream().map(run -> value(run, service, figure)).toList());
      }
      figures.add(Map.of("name", figure.name(), "unit", figure.unit(), "lines", lines));
    }
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", kind);
    chart.put("services", services);
    chart.put(
        "times",
        runs.stream()
            .map(run -> Instant.parse(run.path("run").path("startedAt").asText()).getEpochSecond())
            .toList());
    chart.put("figures", figures);
    return chart;
  }

  /** Absent where the run has none: a 0 would look like a fast answer. */
  private static JsonNode value(JsonNode run, String service, Figure figure) {
    JsonNode value = run.path("services").path(service).path(figure.key());
    return value.isNumber()
        ? JSON.getNodeFactory().numberNode(value.asDouble() * figure.factor())
        : JSON.nullNode();
  }

  private static List<Point> newest(Map<String, List<JsonNode>> byKind, boolean smaller) {
    List<Point> points = new ArrayList<>();
    byKind.forEach(
        (kind, runs) ->
            runs.stream()
                .filter(Trend::isJudged)
                .reduce((older, newer) -> newer)
                .ifPresent(run -> points.addAll(points(kind, run, smaller))));
    return points;
  }

  private static List<Point> points(String kind, JsonNode run, boolean smaller) {
    List<Point> points = new ArrayList<>();
    String status = run.path("verdict").path("status").asText();
    String extra = run.path("run").path("id").asText() + ": " + status;
    for (Figure figure : FIGURES) {
      if (figure.smallerIsBetter() == smaller) {
        run.path("services")
            .fieldNames()
            .forEachRemaining(
                service -> {
                  JsonNode value = value(run, service, figure);
                  if (value.isNumber()) {
                    String name = kind + ": " + service + " " + figure.name();
                    points.add(new Point(name, figure.unit(), value.asDouble(), extra));
                  }
                });
      }
    }
    return points;
  }

  private static Path written(Path file, String text) {
    try {
      return Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
