package com.soundcore.kcp.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * oha (Rust), at one constant rate over all services, with its correction for coordinated omission.
 * It draws from a list of URLs, so it only reads; it has no ramp, and checks nothing.
 */
record Oha(Config options, BenchmarkPlan plan) implements Contender {
  private static final int STEPS = 3;

  @Override
  public String name() {
    return "oha";
  }

  @Override
  public Optional<String> version() {
    return Commands.firstLine("oha", "--version");
  }

  @Override
  public Process start(Path folder) throws IOException {
    Path urls = folder.resolve("urls.txt");
    Files.write(urls, urls());
    int rate = options.getInt("rate");
    long step = Math.max(1, options.getDuration("ramp").toSeconds() / STEPS);
    StringBuilder all = new StringBuilder();
    for (int part = 1 << STEPS; part > 1; part /= 2) {
      all.append(command(urls, rate / part, step, folder.resolve("ramp.json"))).append("; ");
    }
    Path results = folder.resolve("results.json");
    all.append(command(urls, rate, BenchmarkPlan.holdSeconds(options), results));
    return Commands.started(List.of("sh", "-c", all.toString()), folder);
  }

  private String command(Path urls, int rate, long seconds, Path results) {
    return "oha --no-tui --output-format json --latency-correction -q %d -z %ds -c %d --urls-from-file '%s' > '%s'"
        .formatted(rate, seconds, options.getInt("oha-connections"), urls, results);
  }

  /** Those that read, each service as often as its rate says. */
  private List<String> urls() throws IOException {
    BenchmarkPlan.Whole whole = BenchmarkPlan.whole(plan.folder().resolve("plan.json"));
    double most =
        whole.services().values().stream()
            .mapToDouble(BenchmarkPlan.Part::rate)
            .max()
            .orElseThrow();
    List<String> urls = new ArrayList<>();
    for (BenchmarkPlan.Part part : whole.services().values()) {
      List<BenchmarkPlan.Drawn> calls = BenchmarkPlan.calls(part);
      long some = Math.round(calls.size() * part.rate() / most);
      calls.stream()
          .filter(call -> call.method().equals("GET"))
          .limit(some)
          .forEach(call -> urls.add(call.url()));
    }
    return urls;
  }

  private static JsonNode report(Path folder) throws IOException {
    return Commands.JSON.readTree(folder.resolve("results.json").toFile());
  }

  @Override
  public Latency latency(Path folder) throws IOException {
    JsonNode times = report(folder).path("latencyPercentiles");
    return new Latency(times.path("p50").asDouble() * 1e3, times.path("p99").asDouble() * 1e3);
  }

  @Override
  public String remark(Path folder) throws IOException {
    return "reads only, nothing checked; %.2f %% succeeded"
        .formatted(report(folder).at("/summary/successRate").asDouble() * 100);
  }
}
