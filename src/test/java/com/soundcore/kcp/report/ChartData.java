package com.soundcore.kcp.report;

import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.result.ErrorHistory;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.ResourceSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The data of a report's charts, in the layout that the page's script reads.
 *
 * @param step seconds per point: 1, more for a long run
 * @param seconds second of the load of each point
 * @param phases of the plan
 * @param marks findings, pauses and stops
 * @param services all services together, then each service
 * @param errors the most frequent messages
 * @param resources metrics of the system under test
 * @param scrapes seconds in which these were scraped
 */
record ChartData(
    int step,
    List<Integer> seconds,
    List<Span> phases,
    List<Mark> marks,
    List<Series> services,
    List<Errors> errors,
    List<ResourceCharts.Chart> resources,
    List<Double> scrapes) {
  // No screen shows more points; they would only make the file large.
  private static final int MOST_POINTS = 3600;
  private static final int MOST_ERRORS = 8;
  private static final double PAUSE_MS = 50;
  // Maximum length of a message in characters; a server can send megabytes.
  private static final int LONGEST = 500;

  /** A phase of the plan. */
  record Span(int from, int to, String name) {}

  /**
   * An event in the charts.
   *
   * @param kind finding, stop or pause
   * @param service the service concerned; null: all
   * @param to last second; the first one for an event without duration
   */
  record Mark(String kind, String service, int from, int to, String label) {}

  /**
   * A service over time; values are null at points without calls.
   *
   * @param targets in ms, by name of percentile
   * @param errorRate maximum error rate; null without a target
   * @param heat number of calls by time and class of response time
   */
  record Series(
      String name,
      Map<String, Long> targets,
      Double errorRate,
      List<Double> planned,
      List<Double> started,
      List<Double> failed,
      List<Long> p50,
      List<Long> p95,
      List<Long> p99,
      HeatMap heat,
      List<PercentileCurve.Point> curve,
      List<Curve> earlier) {}

  /** The response times of an earlier run. */
  record Curve(String name, List<PercentileCurve.Point> points) {}

  /** An error message over time: pairs of second and count. */
  record Errors(
      String message, String request, double firstSecond, long count, List<int[]> bySecond) {}

  static ChartData of(JudgedRun run) {
    int length = run.model().timeline().length();
    int step = Math.max(1, (length + MOST_POINTS - 1) / MOST_POINTS);
    List<Integer> seconds = new ArrayList<>();
    for (int second = 0; second < length; second += step) {
      seconds.add(second);
    }
    List<Series> services = new ArrayList<>();
    services.add(series(LatencyLimits.ALL, run, run.model().timeline(), step));
    run.model()
        .timelines()
        .forEach((name, timeline) -> services.add(series(name, run, timeline, step)));
    List<ResourceSample> samples = run.summary().resources();
    return new ChartData(
        step,
        seconds,
        run.facts().phases().stream()
            .map(phase -> new Span(phase.startSecond(), phase.endSecond(), phase.name()))
            .toList(),
        marks(run),
        services,
        run.model().errorHistories().stream()
            .limit(MOST_ERRORS)
            .map(history -> errors(history, step))
            .toList(),
        ResourceCharts.of(samples),
        samples.stream().map(ResourceSample::second).distinct().sorted().toList());
  }

  private static Series series(String name, JudgedRun run, Timeline timeline, int step) {
    boolean all = name.equals(LatencyLimits.ALL);
    LoadProfile load = run.facts().load();
    Points points = new Points(timeline.seconds(), step, run.model().timeline().length());
    JudgedRun.Promise promise = run.promises().get(name);
    return new Series(
        name,
        promise == null ? Map.of() : promise.percentilesMs(),
        promise == null ? null : promise.errorRate(),
        points.planned(second -> all ? load.rps(second) : load.rps(name, second), load.seconds()),
        points.mean(Timeline.Second::started),
        points.mean(Timeline.Second::failed),
        points.most(Timeline.Second::p50Ms),
        points.most(Timeline.Second::p95Ms),
        points.most(Timeline.Second::p99Ms),
        HeatMap.of(timeline, run.model().timeline().length()),
        PercentileCurve.of(
            all ? run.model().whole().histogram() : run.model().services().get(name).histogram()),
        run.earlier().stream().map(earlier -> curve(earlier, name)).toList());
  }

  private static Curve curve(JudgedRun.Earlier run, String service) {
    return new Curve(
        run.name(),
        run.times().containsKey(service)
            ? PercentileCurve.of(run.times().get(service))
            : List.of());
  }

  private static List<Mark> marks(JudgedRun run) {
    List<Mark> marks = new ArrayList<>();
    for (Finding finding : run.findings().findings()) {
      if (finding.fromSecond() != null) {
        marks.add(
            new Mark(
                "finding",
                run.model().services().containsKey(finding.service()) ? finding.service() : null,
                finding.fromSecond(),
                finding.toSecond(),
                finding.sentence()));
      }
    }
    for (GeneratorSample sample : run.facts().end().generator()) {
      if (sample.maxPauseMs() >= PAUSE_MS) {
        String cause = sample.gcPauseMs() >= sample.maxPauseMs() / 2 ? " (garbage collection)" : "";
        marks.add(
            new Mark(
                "pause",
                null,
                sample.second(),
                sample.second(),
                "generator paused for %d ms%s".formatted(Math.round(sample.maxPauseMs()), cause)));
      }
    }
    if (run.facts().end().stopped() != null) {
      int second = run.facts().end().stopped().second();
      marks.add(new Mark("stop", null, second, second, run.facts().end().stopped().why()));
    }
    return marks;
  }

  private static Errors errors(ErrorHistory history, int step) {
    TreeMap<Integer, Integer> points = new TreeMap<>();
    history
        .bySecond()
        .forEach((second, count) -> points.merge(second / step * step, count, Integer::sum));
    String message = history.message();
    return new Errors(
        message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message,
        history.request(),
        history.firstMs() / 1000.0,
        history.count(),
        points.entrySet().stream().map(e -> new int[] {e.getKey(), e.getValue()}).toList());
  }
}
