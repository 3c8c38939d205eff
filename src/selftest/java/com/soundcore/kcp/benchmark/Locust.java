package com.soundcore.kcp.benchmark;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Locust (Python), with its faster client: users that call at a constant pace, which is as near as
 * it comes to a rate.
 */
record Locust(Config options, BenchmarkPlan plan) implements Contender {
  @Override
  public String name() {
    return "locust";
  }

  @Override
  public Optional<String> version() {
    return Commands.firstLine("locust", "--version");
  }

  @Override
  public Process start(Path folder) throws IOException {
    long seconds = options.getDuration("ramp").toSeconds() + BenchmarkPlan.holdSeconds(options);
    int users = options.getInt("locust-users");
    return Commands.started(
        List.of(
            "env",
            "PLAN=" + plan.folder().resolve("plan.json").toAbsolutePath(),
            "PACE=" + options.getDouble("rate") / users,
            "locust",
            "--headless",
            "--only-summary",
            "--processes=-1",
            "--locustfile=" + Commands.SCRIPTS.resolve("locustfile.py"),
            "--users=" + users,
            "--spawn-rate=" + Math.max(1, users / options.getDuration("ramp").toSeconds()),
            "--run-time=" + seconds + "s",
            "--csv=" + folder.resolve("locust")),
        folder);
  }

  /** The line of the sum in its table. */
  private static String[] sum(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("locust_stats.csv")).stream()
        .filter(line -> line.startsWith(",Aggregated"))
        .findFirst()
        .orElseThrow(() -> new IOException("no sum in locust_stats.csv"))
        .split(",");
  }

  /** As its header says: 50% is the 12th column, 99% the 19th. */
  @Override
  public Latency latency(Path folder) throws IOException {
    String[] sum = sum(folder);
    return new Latency(Double.parseDouble(sum[11]), Double.parseDouble(sum[18]));
  }

  @Override
  public boolean keepsRate() {
    return false;
  }

  /** Of the whole run: in the ramp half as many calls arrive. */
  @Override
  public double latencySeconds(Config options) {
    return options.getDuration("ramp").toSeconds() / 2.0 + BenchmarkPlan.holdSeconds(options);
  }

  @Override
  public String remark(Path folder) throws IOException {
    return "%s calls failed; a closed model; latency of the whole run".formatted(sum(folder)[3]);
  }
}
