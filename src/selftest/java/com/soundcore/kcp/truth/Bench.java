package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.verdict.Gate;
import java.nio.file.Path;
import java.util.Properties;

/** What every question needs: a configuration, and the suite's judgement of a simulated run. */
final class Bench {
  private Bench() {}

  /** The shipped configuration with some properties: key, value, key, value … */
  static KcpConfig config(String... properties) {
    Properties all = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      all.setProperty(properties[i], properties[i + 1]);
    }
    return ConfigLoader.load(all);
  }

  /** What the suite says of a run: by its own judge, from its files alone. */
  static JudgedRun judged(KcpConfig config, SimulatedRun run) {
    return RunJudge.judge(run.save(), config);
  }

  static JudgedRun judged(KcpConfig config, Simulation simulation, Path folder) {
    return judged(config, simulation.run(folder));
  }

  static boolean passes(JudgedRun judged) {
    return judged.verdict().status() == Status.PASS;
  }

  /** Whether a gate is among those that could not be proved. */
  static boolean isOpen(JudgedRun judged, String id) {
    return judged.verdict().gates().stream()
        .anyMatch(gate -> gate.id().startsWith(id) && gate.status() == Gate.Outcome.NOT_PROVED);
  }

  static String said(JudgedRun judged) {
    return judged.verdict().status()
        + " "
        + judged.verdict().reasons()
        + " "
        + judged.findings().findings().stream()
            .map(finding -> finding.kind() + " at " + finding.service() + " " + finding.evidence())
            .toList();
  }
}
