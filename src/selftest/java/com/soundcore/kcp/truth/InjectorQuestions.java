package com.soundcore.kcp.truth;

import com.soundcore.kcp.cli.Merge;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.report.ReportFormat;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.InjectorShares;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Systems;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Do the models of several injectors add up to what their logs say together? */
final class InjectorQuestions {
  private static final KcpConfig QPS = Bench.config("kcp.load-scale", "0.02");
  private static final int MOST = 8;

  private InjectorQuestions() {}

  static List<Question> all() {
    return List.of(
        new Question(
            "added models: a report differs from that of the merged logs (Qps10k)",
            0,
            InjectorQuestions::added));
  }

  /** Healthy or not; cut into 2 to 8 shares; every byte of every report is compared. */
  static Answer added(long seed, Path folder) {
    Systems systems = new Systems(QPS, seed);
    SystemUnderTest system = systems.healthy(systems.random().nextBoolean() ? 0.5 : 1.2);
    if (systems.random().nextBoolean()) {
      Trouble errors = new Trouble.Errors(systems.between(0, 0.02), systems.between(1, 5));
      system = system.with(systems.service(), service -> service.with(errors));
    }
    RunFolder run =
        Simulation.of(QPS, "Qps10k", system).seed(seed).run(folder.resolve("whole")).save();
    int injectors = 2 + systems.random().nextInt(MOST - 1);
    List<Path> parts = InjectorShares.cut(run, injectors, seed, folder.resolve("parts"));
    RunFolder merged = Merge.merge(parts, folder.resolve("merged"), 0, true);
    JudgedRun ofLogs = RunJudge.judge(merged, QPS);
    Map<String, byte[]> reports = reports(ofLogs);
    try {
      Files.delete(merged.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JudgedRun ofModels = RunJudge.judge(merged, QPS);
    List<String> unlike =
        reports(ofModels).entrySet().stream()
            .filter(file -> !Arrays.equals(file.getValue(), reports.get(file.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    return Answer.of(
        unlike.isEmpty(), unlike + " differ: " + Bench.said(ofLogs) + "; " + Bench.said(ofModels));
  }

  private static Map<String, byte[]> reports(JudgedRun judged) {
    Map<String, byte[]> reports = new TreeMap<>();
    for (ReportFormat format : ReportFormat.ALL) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        format.write(judged, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      reports.put(format.file(), bytes.toByteArray());
    }
    return reports;
  }
}
