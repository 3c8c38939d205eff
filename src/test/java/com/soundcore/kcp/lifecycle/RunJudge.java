package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.Caveats;
import com.soundcore.kcp.finding.AddedRows;
import com.soundcore.kcp.finding.Findings;
import com.soundcore.kcp.finding.GeneratorEffect;
import com.soundcore.kcp.finding.Requirements;
import com.soundcore.kcp.report.HistogramReport;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.report.ReportFormat;
import com.soundcore.kcp.report.Summary;
import com.soundcore.kcp.result.LogMetadata;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.WholeFile;
import com.soundcore.kcp.verdict.Gate;
import com.soundcore.kcp.verdict.GeneratorPauses;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.Verdict;
import com.soundcore.kcp.verdict.comparison.Comparer;
import com.soundcore.kcp.verdict.comparison.Comparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** The judge of a finished run. It reads nothing but the run's folder. */
public final class RunJudge {
  private RunJudge() {}

  /**
   * Judges a run and writes all reports into its folder.
   *
   * @throws com.soundcore.kcp.run.LogException if the log cannot be read
   */
  public static JudgedRun judgeAndWrite(RunFolder folder, KcpConfig config) {
    JudgedRun judged = judge(folder, config);
    for (ReportFormat format : ReportFormat.ALL) {
      WholeFile.write(folder.file(format.file()), out -> format.write(judged, out));
    }
    return judged;
  }

  /**
   * Judges a run without writing anything.
   *
   * @throws com.soundcore.kcp.run.LogException if the log cannot be read
   */
  public static JudgedRun judge(RunFolder folder, KcpConfig config) {
    RunMetadata facts = LogMetadata.of(folder).judgedWith(Caveats.in(System.getProperties()));
    int settle = (int) config.gates().settle().toSeconds();
    RunModel model = RunModelBuilder.read(folder, facts, settle, Judge.limits(config, facts));
    if (!facts.end().finished() && facts.hasPlan()) {
      // An interrupted run is judged against the part of its plan that it reached.
      facts = facts.until(lastWholeSecond(model.timeline()));
      model = RunModelBuilder.read(folder, facts, settle, Judge.limits(config, facts));
    }
    Verdict byCalls = Judge.judge(config, facts, model);
    GeneratorPauses pauses = GeneratorPauses.in(facts, config.generator());
    GeneratorEffect effect =
        new GeneratorEffect(!byCalls.generator().messages().isEmpty(), pauses.leftOut());
    boolean ofSystem = facts.end().stopped() == null || !facts.end().stopped().isByGenerator();
    Findings findings = ofSystem ? found(folder, config, facts, model, effect) : Findings.NONE;
    List<Gate> required = ofSystem ? Requirements.of(config, facts, findings) : List.of();
    List<String> doubts = new ArrayList<>(findings.contradictions());
    if (!required.isEmpty()) {
      findings.problem().ifPresent(doubts::add);
    }
    Verdict whole = byCalls.with(required, doubts);
    Verdict verdict = compared(folder, config, whole);
    RunMetadata shown =
        facts
            .withCaveats(new DataGrowth(new AddedRows(config, facts, model)).caveats())
            .withCaveats(new UncountedCalls(facts, model, resources(folder)).caveats())
            .withCaveats(pauses.caveats());
    Summary summary = Summary.of(shown, model, verdict, findings, kept(folder));
    return new JudgedRun(
        facts, model, verdict, findings, summary, promises(config), earlier(config, verdict));
  }

  /** Excludes the log's last second, because the log may end at a buffer boundary. */
  private static int lastWholeSecond(Timeline timeline) {
    int second = timeline.length() - 1;
    while (second > 0 && timeline.started(second) == 0) {
      second--;
    }
    return Math.max(1, second);
  }

  private static Map<String, JudgedRun.Promise> promises(KcpConfig config) {
    Map<String, JudgedRun.Promise> promises = new TreeMap<>();
    config
        .allServices()
        .forEach(
            (name, service) -> {
              SortedMap<String, Long> percentiles = new TreeMap<>();
              service
                  .target()
                  .percentiles()
                  .forEach(
                      (p, limit) -> percentiles.put(new Percentile(p).name(), limit.toMillis()));
              promises.put(name, new JudgedRun.Promise(percentiles, service.target().errorRate()));
            });
    return promises;
  }

  /** Returns the comparable baselines. For the others, the comparison already gives the reason. */
  private static List<JudgedRun.Earlier> earlier(KcpConfig config, Verdict verdict) {
    List<JudgedRun.Earlier> earlier = new ArrayList<>();
    for (int i = 0; i < verdict.comparisons().size(); i++) {
      Comparison comparison = verdict.comparisons().get(i);
      if (comparison.notComparable().isEmpty()) {
        RunFolder folder = new RunFolder(Path.of(config.run().baselines().get(i)));
        earlier.add(new JudgedRun.Earlier(comparison.baseline(), times(folder)));
      }
    }
    return earlier;
  }

  /** The histogram is only drawn. The comparison does not need it. */
  private static Map<String, Histogram> times(RunFolder folder) {
    try {
      return HistogramReport.read(folder);
    } catch (RuntimeException unreadable) {
      return Map.of();
    }
  }

  /**
   * An error in the findings must not lose the verdict. It makes the verdict INVALID, with the
   * reason.
   */
  private static Findings found(
      RunFolder folder,
      KcpConfig config,
      RunMetadata facts,
      RunModel model,
      GeneratorEffect effect) {
    try {
      LogSeal.checkKept(folder);
      return Findings.in(folder, config, facts, model, effect);
    } catch (RuntimeException broken) {
      return Findings.notWorkedOut(
          "What the run shows beyond its gates could not be worked out: " + Exit.words(broken));
    }
  }

  private static List<ResourceSample> resources(RunFolder folder) {
    return orNone(folder::resources, "The resource figures of the system");
  }

  private static Summary.Kept kept(RunFolder folder) {
    return new Summary.Kept(resources(folder), orNone(folder::examples, "The examples of calls"));
  }

  private static <T> List<T> orNone(Supplier<List<T>> kept, String what) {
    try {
      return kept.get();
    } catch (RuntimeException broken) {
      System.out.println(what + " cannot be read: " + Exit.words(broken));
      return List.of();
    }
  }

  /** An unreadable baseline is reported. The verdict does not depend on it. */
  private static Verdict compared(RunFolder folder, KcpConfig config, Verdict verdict) {
    List<String> baselines = config.run().baselines();
    return baselines.isEmpty()
        ? verdict
        : verdict.beside(new Comparer(config).compare(folder, baselines));
  }
}
