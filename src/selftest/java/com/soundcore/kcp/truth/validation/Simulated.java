package com.soundcore.kcp.truth.validation;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogVisitor;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.verdict.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What the simulator's own tests share. */
public final class Simulated {
  /** A request of a log. */
  record Request(
      String service, String operation, int startMs, int endMs, boolean ok, String message) {
    int millis() {
      return endMs - startMs;
    }
  }

  private Simulated() {}

  /** The suite's configuration with these keys and values. */
  public static KcpConfig config(String... keysAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return ConfigLoader.load(properties);
  }

  /** Single calls of the knowledge service in the open model: 5,000 a second times the scale. */
  static KcpConfig singleCalls(String loadScale, String timeScale) {
    return config(
        "kcp.services",
        "knowledge",
        "kcp.workload",
        "read-heavy",
        "kcp.load-scale",
        loadScale,
        "kcp.time-scale",
        timeScale);
  }

  /** All requests of its log, in order. */
  static List<Request> requests(SimulatedRun run) {
    List<Request> requests = new ArrayList<>();
    LogReader.read(
        run.folder().log(),
        log ->
            (group, name, start, end, ok, message) ->
                requests.add(
                    new Request(
                        log.text(group), log.text(name), start, end, ok, log.text(message))));
    return requests;
  }

  /** When its users set out, in order. */
  static List<Integer> starts(SimulatedRun run) {
    List<Integer> starts = new ArrayList<>();
    LogReader.read(
        run.folder().log(),
        log ->
            new LogVisitor() {
              @Override
              public void user(int scenario, boolean start, int atMs) {
                if (start) {
                  starts.add(atMs);
                }
              }

              @Override
              public void request(
                  int group, int name, int startMs, int endMs, boolean ok, int message) {
                // only users are asked for
              }
            });
    return starts;
  }

  static RunModel model(SimulatedRun run) {
    return RunModelBuilder.read(run.folder(), run.facts(), 2, Judge.limits(config(), run.facts()));
  }
}
