package com.soundcore.kcp.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.config.TrendOptions;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.statistics.ChangePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Detects changes of all metrics of all services over runs of one kind. The significance level is
 * divided by the number of series that are long enough (Bonferroni).
 *
 * @param acknowledged ids of runs whose changes are acknowledged
 */
record TrendChanges(TrendOptions options, Set<String> acknowledged) {
  /**
   * A change of level.
   *
   * @param figure name of the metric
   * @param startedAt start of the first run with the new level
   * @param sentence description for people
   * @param worse whether the change is the last of its series, for the worse, and not acknowledged
   */
  record Changed(String figure, String startedAt, String sentence, boolean worse) {}

  /** A metric of a service over the runs that have it, in order. */
  record Series(List<JsonNode> runs, String subject, TrendFigure figure, double[] values) {
    static Series of(List<JsonNode> all, String subject, TrendFigure figure) {
      List<JsonNode> runs =
          all.stream().filter(run -> figure.in(run, subject).isPresent()).toList();
      return new Series(
          runs,
          subject,
          figure,
          runs.stream().mapToDouble(run -> figure.in(run, subject).getAsDouble()).toArray());
    }
  }

  /** Returns the changes of all series of one kind of run. */
  List<Changed> in(List<Series> all) {
    long tested = all.stream().filter(one -> ChangePoints.canChange(one.values())).count();
    double significance = options.significance() / Math.max(1, tested);
    return all.stream().flatMap(one -> in(one, significance).stream()).toList();
  }

  private List<Changed> in(Series series, double significance) {
    String subject = series.subject();
    TrendFigure figure = series.figure();
    List<Changed> changed = new ArrayList<>();
    for (ChangePoints.Change change : ChangePoints.in(series.values(), significance)) {
      if (Math.abs(change.relative()) >= options.least()) {
        JsonNode first = series.runs().get(change.index());
        JsonNode last = series.runs().get(change.index() - 1);
        changed.replaceAll(
            earlier ->
                new Changed(earlier.figure(), earlier.startedAt(), earlier.sentence(), false));
        changed.add(changed(subject, figure, change, last.path("run"), first.path("run")));
      }
    }
    return changed;
  }

  private Changed changed(
      String service,
      TrendFigure figure,
      ChangePoints.Change change,
      JsonNode before,
      JsonNode after) {
    boolean rose = change.after() > change.before();
    String id = after.path("id").asText();
    boolean known = acknowledged.contains(id);
    String size =
        Double.isInfinite(change.relative())
            ? "from nothing"
            : String.format(Locale.ROOT, "by %.1f %%", 100 * Math.abs(change.relative()));
    String sentence =
        String.format(
            Locale.ROOT,
            "%s %s %s %s, from %s to %s %s, with run %s of %s%s%s",
            service,
            figure.name(),
            rose ? "rose" : "fell",
            size,
            Units.fourDigits(change.before()),
            Units.fourDigits(change.after()),
            figure.unit(),
            id,
            after.path("startedAt").asText().replaceAll("T.*", ""),
            builds(service, before, after),
            known ? " (acknowledged)" : "");
    return new Changed(
        figure.name(),
        after.path("startedAt").asText(),
        sentence,
        rose == figure.smallerIsBetter() && !known);
  }

  /**
   * "; build 1.2 before, 1.3 after", as the service reports it or as the run's settings name it.
   */
  private static String builds(String service, JsonNode before, JsonNode after) {
    Set<String> builds = new TreeSet<>();
    String old = build(service, before);
    String now = build(service, after);
    builds.add(old);
    builds.add(now);
    return builds.size() == 1
        ? ""
        : "; build %s before, %s after"
            .formatted(old.isEmpty() ? "unknown" : old, now.isEmpty() ? "unknown" : now);
  }

  private static String build(String service, JsonNode run) {
    String said = run.path("system").path("build").asText("");
    return said.isEmpty() ? run.path("system").path("builds").path(service).asText("") : said;
  }
}
