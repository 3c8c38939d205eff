package com.soundcore.kcp.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.TrendOptions;
import com.soundcore.kcp.pages.Pages;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trend over the runs of a folder, from their {@code summary.json}: a page, and files for other
 * tools.
 */
public final class Trend {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The result of a trend.
   *
   * @param files written
   * @param changes changes of level, as sentences
   * @param unreadable runs and files left out, as sentences
   * @param worse whether a change is for the worse and not acknowledged
   */
  public record Result(
      List<Path> files, List<String> changes, List<String> unreadable, boolean worse) {}

  /** A value in the format of github-action-benchmark. */
  private record Point(String name, String unit, double value, String extra) {}

  private Trend() {}

  /**
   * Writes {@code trend.html}, {@code trend-smaller.json} and {@code trend-bigger.json} into the
   * folder. The page shows all runs; the JSON files hold the newest valid run of each kind.
   *
   * @throws LogException if the folder has no run
   */
  public static Result write(Path folder, TrendOptions options) {
    Map<String, List<JsonNode>> byKind = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    for (JsonNode run : runs(folder, unreadable)) {
      byKind.computeIfAbsent(kind(run.path("run")), kind -> new ArrayList<>()).add(run);
    }
    if (byKind.isEmpty()) {
      throw new LogException(
          "%s holds no run with a readable kcp/summary.json (%d left out); it must be a folder of runs."
              .formatted(folder, unreadable.size()));
    }
    List<Object> charts = new ArrayList<>();
    TrendChanges search = new TrendChanges(options, acknowledged(folder, unreadable));
    Map<String, List<TrendChanges.Changed>> changes = new TreeMap<>();
    byKind.forEach(
        (kind, runs) -> {
          changes.put(kind, changes(search, runs));
          charts.add(chart(kind, runs, changes.get(kind)));
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
    return new Result(files, sentences, unreadable, worse);
  }

  /** Returns the ids at the beginning of the lines of acknowledged.txt. */
  private static Set<String> acknowledged(Path folder, List<String> unreadable) {
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
      unreadable.add("left out: %s cannot be read".formatted(file));
      return Set.of();
    }
  }

  /** Finds changes over the valid runs. */
  private static List<TrendChanges.Changed> changes(TrendChanges search, List<JsonNode> all) {
    List<JsonNode> runs = all.stream().filter(Trend::isJudged).toList();
    List<TrendChanges.Series> series = new ArrayList<>();
    for (String subject : TrendFigure.subjects(runs)) {
      for (TrendFigure figure : TrendFigure.FIGURES) {
        series.add(TrendChanges.Series.of(runs, subject, figure));
      }
    }
    return search.in(series);
  }

  private static boolean isJudged(JsonNode run) {
    return !run.path("verdict").path("status").asText().equals("INVALID");
  }

  /** Reads the runs, the oldest first; names those that cannot be read. */
  private static List<JsonNode> runs(Path folder, List<String> unreadable) {
    List<JsonNode> runs = new ArrayList<>();
    try (Stream<Path> below = Files.list(folder)) {
      for (Path run : below.sorted().toList()) {
        Path summary = run.resolve("kcp").resolve("summary.json");
        if (Files.isReadable(summary)) {
          read(summary)
              .ifPresentOrElse(
                  runs::add,
                  () -> unreadable.add("left out: %s is not a summary".formatted(summary)));
        }
      }
    } catch (IOException e) {
      throw new LogException(folder + " cannot be read: " + e.getMessage());
    }
    runs.sort(Comparator.comparing(run -> Instant.parse(startedAt(run))));
    return runs;
  }

  private static Optional<JsonNode> read(Path summary) {
    try {
      JsonNode run = JSON.readTree(summary.toFile());
      Instant.parse(startedAt(run));
      return run.path("verdict").path("status").isTextual() ? Optional.of(run) : Optional.empty();
    } catch (IOException | DateTimeException broken) {
      return Optional.empty();
    }
  }

  private static String startedAt(JsonNode run) {
    return run.path("run").path("startedAt").asText();
  }

  /** Returns the settings that must be equal for runs to share a line. */
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

  private static Map<String, Object> chart(
      String kind, List<JsonNode> runs, List<TrendChanges.Changed> changes) {
    List<String> subjects = TrendFigure.subjects(runs);
    List<Object> figures = new ArrayList<>();
    for (TrendFigure figure : TrendFigure.FIGURES) {
      Map<String, Object> lines = new LinkedHashMap<>();
      for (String subject : subjects) {
        List<Double> values = runs.stream().map(run -> value(run, subject, figure)).toList();
        if (values.stream().anyMatch(Objects::nonNull)) {
          lines.put(subject, values);
        }
      }
      if (!lines.isEmpty()) {
        List<Long> marks =
            changes.stream()
                .filter(change -> change.figure().equals(figure.name()))
                .map(change -> second(change.startedAt()))
                .distinct()
                .toList();
        figures.add(
            Map.of("name", figure.name(), "unit", figure.unit(), "lines", lines, "changes", marks));
      }
    }
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", kind);
    chart.put("times", runs.stream().map(run -> second(startedAt(run))).toList());
    chart.put("figures", figures);
    return chart;
  }

  private static long second(String startedAt) {
    return Instant.parse(startedAt).getEpochSecond();
  }

  private static Double value(JsonNode run, String subject, TrendFigure figure) {
    OptionalDouble value = figure.in(run, subject);
    return value.isPresent() ? (Double) value.getAsDouble() : null;
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
    for (String subject : TrendFigure.subjects(List.of(run))) {
      TrendFigure.FIGURES.stream()
          .filter(figure -> figure.smallerIsBetter() == smaller)
          .forEach(
              figure -> {
                String name = kind + ": " + subject + " " + figure.name();
                figure
                    .in(run, subject)
                    .ifPresent(value -> points.add(new Point(name, figure.unit(), value, extra)));
              });
    }
    return points;
  }

  private static Path written(Path file, String text) {
    return WholeFile.write(file, text + "\n");
  }
}
