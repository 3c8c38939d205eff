package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.ConfigLoader;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.report.Reports;
import com.soundcore.kcp.report.Reports.Judged;
import com.soundcore.kcp.verdict.Gate;
import com.soundcore.kcp.verdict.Verdict.Status;
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
  static Judged judged(KcpConfig config, SimulatedRun run) {
    return Reports.judge(run.save(), config);
  }

  static Judged judged(KcpConfig config, Simulation simulation, Path folder) {
    return judged(config, simulation.run(folder));
  }

  static boolean passes(Judged judged) {
    return judged.verdict().status() == Status.PASS;
  }

  /** Whether a gate is among those that could not be proved. */
  static boolean isOpen(Judged judged, String id) {
    return judged.verdict().gates().stream()
        .anyMatch(gate -> gate.id().startsWith(id) && gate.status() == Gate.Outcome.NOT_PROVED);
  }

  static String said(Judged judged) {
    return judged.verdict().status()
        + " "
        + judged.verdict().reasons()
        + " "
        + judged.findings().findings().stream()
            .map(finding -> finding.kind() + " at " + finding.service() + " " + finding.evidence())
            .toList();
  }
}
