package com.soundcore.kcp.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * k6 with the same calls, rates and checks.
 *
 * @param parsing whether it reads each answer as JSON before, as many scripts do
 */
record K6(BenchmarkPlan plan, boolean parsing) implements Contender {
  @Override
  public String name() {
    return parsing ? "k6-json" : "k6";
  }

  @Override
  public Optional<String> version() {
    return Commands.firstLine("k6", "version");
  }

  @Override
  public Process start(Path folder) throws IOException {
    return Commands.started(
        List.of(
            "k6",
            "run",
            "--quiet",
            "--no-usage-report",
            "--summary-export=" + folder.resolve("summary.json"),
            "--env=PLAN=" + plan.folder().resolve("plan.json").toAbsolutePath(),
            "--env=PARSING=" + parsing,
            Commands.SCRIPTS.resolve("load.js").toString()),
        folder);
  }

  @Override
  public Latency latency(Path folder) throws IOException {
    JsonNode times =
        Commands.JSON
            .readTree(folder.resolve("summary.json").toFile())
            .at("/metrics/http_req_duration");
    return new Latency(times.path("med").asDouble(), times.path("p(99)").asDouble());
  }

  /** Of the whole run: in the ramp half as many calls arrive. */
  @Override
  public double latencySeconds(Config options) {
    return options.getDuration("ramp").toSeconds() / 2.0 + BenchmarkPlan.holdSeconds(options);
  }

  @Override
  public String remark(Path folder) throws IOException {
    JsonNode summary = Commands.JSON.readTree(folder.resolve("summary.json").toFile());
    return "%,d iterations dropped, %,d checks failed; latency of the whole run"
        .formatted(
            summary.at("/metrics/dropped_iterations/count").asLong(),
            summary.at("/metrics/checks/fails").asLong());
  }
}
