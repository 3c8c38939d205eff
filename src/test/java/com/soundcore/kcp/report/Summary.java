package com.soundcore.kcp.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.soundcore.kcp.finding.Drift;
import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.finding.Findings;
import com.soundcore.kcp.finding.Recovery;
import com.soundcore.kcp.finding.capacity.BreakingPoint;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.Gate;
import com.soundcore.kcp.verdict.GeneratorHealth;
import com.soundcore.kcp.verdict.Verdict;
import com.soundcore.kcp.verdict.comparison.Comparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The summary of a run: the content of {@code summary.json} and of every other format. Its schema
 * is {@code src/test/resources/schema/summary.schema.json}; changes are additive.
 */
public record Summary(
    int schemaVersion,
    Run run,
    Judged verdict,
    Map<String, Figures> services,
    Map<String, Figures> requests,
    List<PhaseFigures> phases,
    GeneratorHealth generator,
    List<Finding> findings,
    @JsonInclude(JsonInclude.Include.NON_NULL) String findingsProblem,
    Map<String, Long> errors,
    List<Answered.Example> examples,
    @JsonInclude(JsonInclude.Include.NON_NULL) Comparison baseline,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Comparison> comparisons,
    List<Timeline.Second> timeline,
    List<ResourceSample> resources,
    @JsonInclude(JsonInclude.Include.NON_NULL) BreakingPoint breakpoint,
    List<BreakingPoint.Level> levels,
    List<Recovery> recovery,
    List<Drift> drift) {

  private static final int SCHEMA = 1;

  /** The run's test and settings. */
  public record Run(
      String simulation,
      String id,
      String environment,
      boolean embedded,
      String workload,
      String injection,
      long seed,
      double timeScale,
      double loadScale,
      String startedAt,
      long durationSeconds,
      int injectors,
      String gatling,
      String jdk,
      String machine,
      String repeat,
      List<String> caveats,
      ObservedSystem system) {}

  /** The verdict and its gates; first the answer, for a test that searches for one. */
  public record Judged(
      String status,
      @JsonInclude(JsonInclude.Include.NON_NULL) String answer,
      List<String> reasons,
      List<Gate> gates) {}

  /**
   * Requests and response times over the whole run. In the closed model, corrected percentiles
   * include the calls that slow responses delayed (coordinated omission).
   */
  public record Figures(
      long requests,
      long failed,
      Double errorRate,
      double rps,
      Long p50Ms,
      Long p95Ms,
      Long p99Ms,
      Long maxMs,
      @JsonInclude(JsonInclude.Include.NON_NULL) Long correctedP95Ms,
      @JsonInclude(JsonInclude.Include.NON_NULL) Long correctedP99Ms) {}

  /** A planned phase and its result. */
  public record PhaseFigures(
      String name,
      int startSecond,
      int endSecond,
      double plannedFromRps,
      double plannedToRps,
      double plannedRps,
      double achievedRps,
      Double errorRate,
      Long p50Ms,
      Long p95Ms,
      Long p99Ms) {}

  /** Information for readers; the verdict does not depend on it. */
  public record Kept(List<ResourceSample> resources, List<Answered.Example> examples) {}

  public static Summary of(
      RunMetadata facts, RunModel model, Verdict verdict, Findings findings, Kept kept) {
    long seconds = model.timeline().length();
    Run run =
        new Run(
            facts.setup().simulation(),
            facts.setup().id(),
            facts.setup().environment(),
            facts.setup().embedded(),
            facts.setup().workload(),
            facts.setup().injection(),
            facts.setup().seed(),
            facts.setup().timeScale(),
            facts.setup().loadScale(),
            Instant.ofEpochMilli(model.startedAtMs()).toString(),
            seconds,
            facts.setup().injectors(),
            LogReader.VERSION,
            facts.setup().jdk(),
            facts.setup().machine(),
            facts.setup().repeat(),
            caveats(facts, verdict),
            facts.setup().system());
    return new Summary(
        SCHEMA,
        run,
        new Judged(
            verdict.status().name(),
            findings.breakingPoint().map(BreakingPoint::sentence).orElse(null),
            verdict.reasons(),
            verdict.gates()),
        figures(model.services(), seconds, Omission.of(facts)),
        figures(model.requests(), seconds, Omission.NONE),
        phases(facts.phases(), model.phases()),
        verdict.generator(),
        findings.findings(),
        findings.problem().orElse(null),
        errors(facts, model),
        kept.examples(),
        verdict.baseline().orElse(null),
        verdict.comparisons().size() > 1 ? verdict.comparisons() : List.of(),
        model.timeline().seconds(),
        kept.resources(),
        findings.breakingPoint().orElse(null),
        findings.levels(),
        findings.recoveries(),
        findings.drifts());
  }

  /** Returns the run's caveats, and the limits that it could not prove. */
  private static List<String> caveats(RunMetadata facts, Verdict verdict) {
    List<String> caveats = new ArrayList<>(facts.setup().caveats());
    verdict.notProved().forEach(message -> caveats.add("NOT PROVED: " + message));
    return caveats;
  }

  /** Returns the log's errors, and the connections that Gatling silently replaced. */
  private static Map<String, Long> errors(RunMetadata facts, RunModel model) {
    Map<String, Long> errors = new LinkedHashMap<>();
    CountsBySecond closed = facts.end().closedConnections();
    closed
        .byService()
        .keySet()
        .forEach(
            service ->
                errors.put(
                    "connection closed without an answer, call retried"
                        + (service.isEmpty() ? "" : " (" + service + ")"),
                    closed.total(service)));
    errors.putAll(model.errors());
    return errors;
  }

  private static Map<String, Figures> figures(
      Map<String, Stats> all, long seconds, Omission omission) {
    Map<String, Figures> figures = new LinkedHashMap<>();
    all.forEach((name, stats) -> figures.put(name, figures(stats, seconds, omission)));
    return figures;
  }

  /** Omits percentiles without requests: a 0 would look like a fast response. */
  private static Figures figures(Stats stats, long seconds, Omission omission) {
    boolean some = stats.requests() > 0;
    return new Figures(
        stats.requests(),
        stats.failed(),
        some ? stats.errorRate() : null,
        seconds == 0 ? 0 : rounded((double) stats.requests() / seconds),
        some ? stats.percentile(Percentile.P50) : null,
        some ? stats.percentile(Percentile.P95) : null,
        some ? stats.percentile(Percentile.P99) : null,
        some ? stats.max() : null,
        some ? omission.corrected(stats, Percentile.P95) : null,
        some ? omission.corrected(stats, Percentile.P99) : null);
  }

  private static List<PhaseFigures> phases(List<Phase> planned, List<Stats> measured) {
    List<PhaseFigures> phases = new ArrayList<>();
    double before = 0;
    for (int i = 0; i < planned.size(); i++) {
      Phase phase = planned.get(i);
      long seconds = phase.endSecond() - (long) phase.startSecond();
      Figures f = figures(measured.get(i), seconds, Omission.NONE);
      double from = phase.hold() ? phase.totalRps() : before;
      before = phase.totalRps();
      phases.add(
          new PhaseFigures(
              phase.name(),
              phase.startSecond(),
              phase.endSecond(),
              rounded(from),
              rounded(before),
              rounded((from + before) / 2),
              f.rps(),
              f.errorRate(),
              f.p50Ms(),
              f.p95Ms(),
              f.p99Ms()));
    }
    return phases;
  }

  private static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}
