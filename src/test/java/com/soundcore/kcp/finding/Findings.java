package com.soundcore.kcp.finding;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.finding.capacity.BreakingPoint;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.finding.capacity.BreakingPoints;
import com.soundcore.kcp.finding.capacity.LoadLevels;
import com.soundcore.kcp.finding.shared.DatabaseActivity;
import com.soundcore.kcp.finding.shared.ResourceFigures;
import com.soundcore.kcp.finding.shared.Surroundings;
import com.soundcore.kcp.result.LatencyBlocks;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.level.LevelRule;
import com.soundcore.kcp.verdict.level.LevelRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that a run shows beyond the gates on its calls.
 *
 * @param findings the problems, service by service, the likeliest cause first
 * @param levels the holds as load levels; empty unless the test looks for the highest load that
 *     holds
 * @param breakingPoint the answer of a test that looks for the highest load that holds
 * @param recoveries from the peak; empty if the run has none
 * @param drifts over the longest hold; empty if it is too short
 * @param lastingSteps services whose latency rose suddenly within a hold and stayed high, in
 *     sentences
 * @param driftSeconds length of the longest hold
 * @param memoryUnknown services whose memory (or that of their process) has too few samples
 * @param contradictions disagreements between a search and the log, in sentences
 * @param problem why the analysis failed; an empty list of findings then means nothing
 */
public record Findings(
    List<Finding> findings,
    List<Level> levels,
    Optional<BreakingPoint> breakingPoint,
    List<Recovery> recoveries,
    List<Drift> drifts,
    List<String> lastingSteps,
    int driftSeconds,
    List<String> memoryUnknown,
    List<String> contradictions,
    Optional<String> problem) {

  /** No findings, for example of a run without a known plan. */
  public static final Findings NONE =
      new Findings(
          List.of(),
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          0,
          List.of(),
          List.of(),
          Optional.empty());

  /** Returns empty findings with the reason why the analysis failed. */
  public static Findings notWorkedOut(String why) {
    return new Findings(
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        0,
        List.of(),
        List.of(),
        Optional.of(why));
  }

  /**
   * Analyses a run.
   *
   * @param effect what the generator did to the measured times
   */
  public static Findings in(
      RunFolder folder,
      KcpConfig config,
      RunMetadata facts,
      RunModel model,
      GeneratorEffect effect) {
    if (!facts.hasPlan() || model.whole().requests() == 0) {
      return NONE;
    }
    List<ResourceSample> resources = LiveMemory.in(folder.resources());
    ServiceSignals signals =
        new ServiceSignals(config, facts, model, resources, folder.examples(), effect);
    LevelRule rule = LevelRules.of(config, facts.operations().keySet());
    LoadLevels levels = new LoadLevels(facts, model, rule);
    List<Level> judged = levels.all();
    List<Recovery> recoveries = new Recoveries(signals, judged).all();
    Processes processes = new Processes(resources, startedAt(facts));
    Drifts drifts = new Drifts(signals, processes, new AddedRows(config, facts, model));
    List<Drift> drifted = drifts.all();
    int settle = (int) config.gates().settle().toSeconds();
    SlowdownDetector changes =
        new SlowdownDetector(
            () -> LatencyBlocks.read(folder, facts, settle, config.comparison().blocks()),
            config.findings());
    Map<String, Steps.Step> steps = new TreeMap<>();
    for (String service : facts.operations().keySet()) {
      new Steps(signals).of(service).ifPresent(step -> steps.put(service, step));
    }
    DatabaseActivity database =
        new DatabaseActivity(
            resources,
            folder.database(),
            config.monitoring().database(),
            config.findings().database(),
            config.allServices().keySet(),
            signals.whole().from());
    Surroundings seen = surroundings(config, resources, database, signals.whole().from());
    boolean answers = answers(config, facts);
    return new Findings(
        new Diagnosis(signals, judged, recoveries, drifted, processes, steps, changes, seen).all(),
        answers ? judged : List.of(),
        answers
            ? BreakingPoints.of(
                    facts.end().search(), judged, effect.saturated(), config.gates().confidence())
                .map(levels::withCollapses)
            : Optional.empty(),
        recoveries,
        drifted,
        steps.values().stream().filter(Steps.Step::stays).map(Steps.Step::sentence).toList(),
        drifts.holdSeconds(),
        drifts.withoutMemory(drifted),
        levels.contradictions(),
        Optional.empty());
  }

  private static double startedAt(RunMetadata facts) {
    Long ahead = facts.end().clockOffsetMs();
    return (facts.startedAtMs() + (ahead == null ? 0 : ahead)) / 1000.0;
  }

  /** This machine counts if the services also run here. */
  private static Surroundings surroundings(
      KcpConfig config, List<ResourceSample> resources, DatabaseActivity database, int from) {
    Map<String, ResourceFigures> machines = new TreeMap<>();
    if (config.environment().isHere()) {
      machines.put("host", ResourceFigures.of(resources, "host", from));
    }
    machines.put("nodes", ResourceFigures.of(resources, "nodes", from));
    return new Surroundings(
        database,
        ResourceFigures.of(resources, "cache", from),
        machines,
        config.findings().machine());
  }

  /** Returns whether the test looks for the highest load that holds. */
  private static boolean answers(KcpConfig config, RunMetadata facts) {
    TestShape test = Judge.testOf(config, facts);
    return test.search().isPresent() || test.asserts().holdsAtLeast().isPresent();
  }
}
