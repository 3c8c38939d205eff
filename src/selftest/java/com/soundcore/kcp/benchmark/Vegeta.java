package com.soundcore.kcp.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Vegeta (Go), at the same constant rate over all services. It has no ramp: three steps stand for
 * it. It checks no more than whether the status is an error.
 */
record Vegeta(Config options, BenchmarkPlan plan) implements Contender {
  private static final int TARGETS = 10_000;
  private static final int STEPS = 3;

  @Override
  public String name() {
    return "vegeta";
  }

  @Override
  public Optional<String> version() {
    return Commands.firstLine("vegeta", "-version").map(installed -> "as installed");
  }

  @Override
  public Process start(Path folder) throws IOException {
    Path targets = folder.resolve("targets.json");
    Files.write(targets, targets());
    long step = Math.max(1, options.getDuration("ramp").toSeconds() / STEPS);
    StringBuilder all = new StringBuilder();
    int rate = options.getInt("rate");
    for (int part = 1 << STEPS; part > 1; part /= 2) {
      all.append(attack(targets, rate / part, step, folder.resolve("ramp.bin"))).append("; ");
    }
    all.append(
        attack(targets, rate, BenchmarkPlan.holdSeconds(options), folder.resolve("results.bin")));
    return Commands.started(List.of("sh", "-c", all.toString()), folder);
  }

  private static String attack(Path targets, int rate, long seconds, Path results) {
    return "vegeta attack -format=json -targets='%s' -rate=%d/s -duration=%ds -timeout=30s -output='%s'"
        .formatted(targets, rate, seconds, results);
  }

  /** Each service as often as its rate says, evenly mixed; Vegeta takes them in turn. */
  private List<String> targets() throws IOException {
    BenchmarkPlan.Whole whole = BenchmarkPlan.whole(plan.folder().resolve("plan.json"));
    Map<String, List<BenchmarkPlan.Drawn>> calls = new LinkedHashMap<>();
    Map<String, Integer> taken = new LinkedHashMap<>();
    for (Map.Entry<String, BenchmarkPlan.Part> part : whole.services().entrySet()) {
      calls.put(part.getKey(), BenchmarkPlan.calls(part.getValue()));
      taken.put(part.getKey(), 0);
    }
    List<String> targets = new ArrayList<>();
    while (targets.size() < TARGETS) {
      String next =
          Collections.min(
              taken.keySet(),
              Comparator.comparingDouble(
                  service -> (taken.get(service) + 1) / whole.services().get(service).rate()));
      List<BenchmarkPlan.Drawn> mine = calls.get(next);
      targets.add(target(mine.get(taken.merge(next, 1, Integer::sum) % mine.size())));
    }
    return targets;
  }

  private static String target(BenchmarkPlan.Drawn call) throws IOException {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("method", call.method());
    target.put("url", call.url());
    target.put("header", Map.of("Accept", List.of("application/json")));
    if (call.body() != null) {
      target.put("body", call.body().getBytes(StandardCharsets.UTF_8));
      target.put(
          "header",
          Map.of(
              "Accept", List.of("application/json"),
              "Content-Type", List.of("application/json")));
    }
    return Commands.JSON.writeValueAsString(target);
  }

  private static JsonNode report(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                "vegeta", "report", "-type=json", folder.resolve("results.bin").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return Commands.JSON.readTree(process.getInputStream());
  }

  @Override
  public Latency latency(Path folder) throws IOException {
    JsonNode times = report(folder).path("latencies");
    return new Latency(times.path("50th").asDouble() / 1e6, times.path("99th").asDouble() / 1e6);
  }

  @Override
  public String remark(Path folder) throws IOException {
    return "%.2f %% succeeded; content not checked; latency of all at the full rate"
        .formatted(report(folder).path("success").asDouble() * 100);
  }
}
