package com.soundcore.kcp.finding;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.finding.BreakingPoint.Level;
import com.soundcore.kcp.result.Blocks;
import com.soundcore.kcp.result.ResourceSample;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunFolder;
import com.soundcore.kcp.result.RunModel;
import java.util.List;
import java.util.Optional;

/**
 * All that a run shows beyond its gates.
 *
 * @param findings what is wrong, service by service
 * @param levels the holds as levels of load; empty for a run of one level
 * @param breakingPoint where the system gave way, where the run has several levels
 * @param recoveries from the peak, where the run has one
 * @param drifts over the longest hold, where it is long enough
 * @param problem why nothing could be worked out: then nothing found means nothing
 */
public record Findings(
    List<Finding> findings,
    List<Level> levels,
    Optional<BreakingPoint> breakingPoint,
    List<Recovery> recoveries,
    List<Drift> drifts,
    Optional<String> problem) {

  /** Nothing can be said, for example of a run whose plan is not known. */
  public static final Findings NONE =
      new Findings(List.of(), List.of(), Optional.empty(), List.of(), List.of(), Optional.empty());

  /** Nothing is known, for a reason. */
  public static Findings notWorkedOut(String why) {
    return new Findings(
        List.of(), List.of(), Optional.empty(), List.of(), List.of(), Optional.of(why));
  }

  /**
   * Looks.
   *
   * @param saturated whether the generator was: then levels say nothing of the system
   */
  public static Findings in(
      RunFolder folder, KcpConfig config, RunFacts facts, RunModel model, boolean saturated) {
    if (!facts.hasPlan() || model.whole().requests() == 0) {
      return NONE;
    }
    List<ResourceSample> resources = folder.resources();
    Symptoms symptoms = new Symptoms(config, facts, model, resources);
    Levels levels = new Levels(symptoms);
    List<Level> judged = levels.all();
    List<Recovery> recoveries = new Recoveries(symptoms).all();
    List<Drift> drifts = new Drifts(symptoms).all();
    int settle = (int) config.gates().settle().toSeconds();
    Changes changes =
        new Changes(
            () -> Blocks.read(folder, facts, settle, config.comparison().blocks()),
            config.findings());
    Optional<BreakingPoint> breakingPoint = levels.breakingPoint(saturated);
    return new Findings(
        new Diagnosis(symptoms, judged, recoveries, drifts, changes).all(),
        breakingPoint.isPresent() ? judged : List.of(),
        breakingPoint,
        recoveries,
        drifts,
        Optional.empty());
  }
}
