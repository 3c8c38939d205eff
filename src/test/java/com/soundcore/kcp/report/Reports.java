package com.soundcore.kcp.report;

import com.soundcore.kcp.config.Alterations;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.finding.Findings;
import com.soundcore.kcp.finding.Requirements;
import com.soundcore.kcp.result.ResourceSample;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunFolder;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.verdict.Comparer;
import com.soundcore.kcp.verdict.Gate;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Reads, judges and writes: everything from a run's folder alone. */
public final class Reports {
  private Reports() {}

  /** A judged run. */
  public record Judged(Verdict verdict, Findings findings, Summary summary) {}

  /**
   * Writes all reports of a run into its folder.
   *
   * @return the verdict and what it rests on
   * @throws com.soundcore.kcp.result.LogException where the log cannot be read
   */
  public static Judged write(RunFolder folder, KcpConfig config) {
    Read read = read(folder, config);
    Summary summary = read.judged().summary();
    write(folder, "summary.json", JsonReport.of(summary));
    write(folder, "junit.xml", JunitReport.of(summary));
    write(folder, "summary.md", MarkdownReport.of(summary));
    write(folder, "report.html", HtmlReport.of(summary));
    try (OutputStream out = Files.newOutputStream(folder.file("histograms.hlog"))) {
      HistogramReport.write(read.model(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read.judged();
  }

  /** Judges a run, and writes nothing. */
  public static Judged judge(RunFolder folder, KcpConfig config) {
    return read(folder, config).judged();
  }

  private record Read(RunModel model, Judged judged) {}

  private static Read read(RunFolder folder, KcpConfig config) {
    RunFacts facts = folder.facts().judgedWith(Alterations.in(System.getProperties()));
    int settle = (int) config.gates().settle().toSeconds();
    RunModel model = RunModelBuilder.read(folder, facts, settle, Judge.limits(config, facts));
    Verdict byCalls = Judge.judge(config, facts, model);
    boolean saturated = !byCalls.generator().messages().isEmpty();
    Findings findings = found(folder, config, facts, model, saturated);
    List<Gate> required = Requirements.of(config, facts, findings);
    List<String> doubts = new ArrayList<>(findings.contradictions());
    if (!required.isEmpty()) {
      findings.problem().ifPresent(doubts::add);
    }
    Verdict whole = byCalls.with(required, doubts);
    Verdict verdict = compared(folder, config, whole);
    Summary summary = Summary.of(facts, model, verdict, findings, resources(folder));
    return new Read(model, new Judged(verdict, findings, summary));
  }

  /** Where they cannot be worked out the verdict must not be lost: it is INVALID, and says why. */
  private static Findings found(
      RunFolder folder, KcpConfig config, RunFacts facts, RunModel model, boolean saturated) {
    try {
      return Findings.in(folder, config, facts, model, saturated);
    } catch (RuntimeException broken) {
      return Findings.notWorkedOut(
          "What the run shows beyond its gates could not be worked out: " + broken);
    }
  }

  private static List<ResourceSample> resources(RunFolder folder) {
    try {
      return folder.resources();
    } catch (RuntimeException broken) {
      System.out.println("The system's own figures cannot be read: " + broken);
      return List.of();
    }
  }

  /** A baseline that cannot be read is told; the verdict stands without it. */
  private static Verdict compared(RunFolder folder, KcpConfig config, Verdict verdict) {
    List<String> baselines = config.run().baselines();
    return baselines.isEmpty()
        ? verdict
        : verdict.beside(new Comparer(config).compare(folder, baselines));
  }

  private static void write(RunFolder folder, String name, String text) {
    try {
      Files.writeString(folder.file(name), text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
