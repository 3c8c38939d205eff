package com.soundcore.kcp.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.io.IOException;
import java.net.URI;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Those that are no Gatling, where this machine has them. */
final class PeerContenders {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCRIPTS = Path.of("target", "test-classes", "benchmark");

  private PeerContenders() {}

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
      return firstLine("k6", "version");
    }

    @Override
    public Process start(Path folder) throws IOException {
      return GatlingContenders.started(
          List.of(
              "k6",
              "run",
              "--quiet",
              "--no-usage-report",
              "--summary-export=" + folder.resolve("summary.json"),
              "--env=PLAN=" + plan.folder().resolve("plan.json").toAbsolutePath(),
              "--env=PARSING=" + parsing,
              SCRIPTS.resolve("load.js").toString()),
          folder);
    }

    @Override
    public Latency latency(Path folder) throws IOException {
      JsonNode times =
          new ObjectMapper()
              .readTree(folder.resolve("summary.json").toFile())
              .at("/metrics/http_req_duration");
      return new Latency(times.path("med").asDouble(), times.path("p(99)").asDouble());
    }

    @Override
    public String remark(Path folder) throws IOException {
      JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
      return "%,d iterations dropped, %,d checks failed; latency of the whole run"
          .formatted(
              summary.at("/metrics/dropped_iterations/count").asLong(),
              summary.at("/metrics/checks/fails").asLong());
    }
  }

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
      return firstLine("vegeta", "-version").map(installed -> "as installed");
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
      return GatlingContenders.started(List.of("sh", "-c", all.toString()), folder);
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
      return JSON.writeValueAsString(target);
    }

    private static JsonNode report(Path folder) throws IOException {
      Process process =
          new ProcessBuilder(
                  "vegeta", "report", "-type=json", folder.resolve("results.bin").toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return JSON.readTree(process.getInputStream());
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

  /** wrk, reading from one service as fast as it can: what a request costs at the least. */
  record Wrk(Config options, BenchmarkPlan plan, String service, URI url) implements Contender {
    private static final Pattern PERCENTILE = Pattern.compile("(50|99)%\\s+([\\d.]+)(us|ms|s)");

    @Override
    public String name() {
      return "wrk";
    }

    @Override
    public Optional<String> version() {
      return firstLine("wrk", "-v");
    }

    @Override
    public Process start(Path folder) throws IOException {
      long seconds = options.getDuration("ramp").toSeconds() + BenchmarkPlan.holdSeconds(options);
      List<String> command =
          new ArrayList<>(List.of("wrk", "-t1", "-c" + options.getInt("wrk-connections")));
      command.addAll(List.of("-d" + seconds + "s", "--latency"));
      command.addAll(List.of("-s", SCRIPTS.resolve("gets.lua").toString(), url.toString()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.txt").toFile());
      builder.environment().put("PATHS", plan.folder().resolve(service + "-gets.txt").toString());
      return builder.start();
    }

    @Override
    public Latency latency(Path folder) throws IOException {
      double[] found = {Double.NaN, Double.NaN};
      Matcher matcher = PERCENTILE.matcher(Files.readString(folder.resolve("output.txt")));
      while (matcher.find()) {
        double unit =
            switch (matcher.group(3)) {
              case "us" -> 1e-3;
              case "ms" -> 1;
              default -> 1e3;
            };
        found[matcher.group(1).equals("50") ? 0 : 1] = Double.parseDouble(matcher.group(2)) * unit;
      }
      return new Latency(found[0], found[1]);
    }

    @Override
    public boolean keepsRate() {
      return false;
    }

    @Override
    public String remark(Path folder) {
      return "reads of "
          + service
          + " only, as fast as it goes, unchecked; latency of the whole run";
    }
  }

  private static Optional<String> firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().findFirst();
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
  }
}
