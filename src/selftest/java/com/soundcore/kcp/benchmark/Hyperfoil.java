package com.soundcore.kcp.benchmark;

import static java.util.stream.Collectors.groupingBy;

import com.soundcore.kcp.benchmark.BenchmarkPlan.Drawn;
import com.typesafe.config.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Hyperfoil (JVM), by its Maven plugin: each operation at its own constant rate, after a ramp. It
 * checks the status; its YAML cannot look for a text in an answer.
 */
record Hyperfoil(Config options, BenchmarkPlan plan) implements Contender {
  private static final String PHASES =
      """
      - ramp-%1$s:
          increasingRate:
            initialUsersPerSec: 0
            targetUsersPerSec: %2$s
            duration: %3$ds
            maxSessions: %5$d
            scenario: &%1$s
            - call:
              - randomItem: { toVar: path, file: %6$s }
      %7$s        - httpRequest:
                  authority: %8$s
                  %9$s: { fromVar: path }
      %10$s            headers: { Accept: application/json, Content-Type: application/json }
                  handler:
                    status: { range: { min: %11$d, max: %11$d } }
      - hold-%1$s:
          constantRate:
            startAfter: ramp-%1$s
            usersPerSec: %2$s
            duration: %4$ds
            maxSessions: %5$d
            scenario: *%1$s
      """;
  // One line of a printed distribution: value in us, percentile, how many calls are not above.
  private static final Pattern LINE =
      Pattern.compile("\\s(\\d+\\.\\d+)\\s+[01]\\.\\d+\\s+(\\d+)\\s");
  private static final Pattern FAILED = Pattern.compile("errors (\\d+), timeouts (\\d+)");
  private static final String WRONG = "received invalid status";
  private static final int DIGITS = 3;

  @Override
  public String name() {
    return "hyperfoil";
  }

  private String plugin() {
    return options.getString("hyperfoil.plugin");
  }

  @Override
  public Optional<String> version() {
    // Resolves it from Maven's registry, and fails where that does not have it.
    boolean had =
        Commands.succeeds(
            "mvn", "-q", "dependency:get", "-Dtransitive=false", "-Dartifact=" + plugin());
    return had ? Optional.of(plugin()) : Optional.empty();
  }

  @Override
  public Process start(Path folder) throws IOException {
    Path yaml = folder.resolve("benchmark.hf.yaml");
    Files.writeString(yaml, yaml(folder));
    return Commands.started(
        List.of(
            "mvn",
            "--batch-mode",
            plugin() + ":run",
            "-Dhyperfoil.yaml=" + yaml,
            "-Dhyperfoil.percentiles=true"),
        folder);
  }

  private String yaml(Path folder) throws IOException {
    BenchmarkPlan.Whole whole = BenchmarkPlan.whole(plan.folder().resolve("plan.json"));
    StringBuilder hosts = new StringBuilder();
    StringBuilder phases = new StringBuilder();
    for (Map.Entry<String, BenchmarkPlan.Part> part : whole.services().entrySet()) {
      List<Drawn> calls = BenchmarkPlan.calls(part.getValue());
      URI url = URI.create(calls.get(0).url());
      hosts.append(
          "- host: http://%s%n  sharedConnections: %d%n"
              .formatted(url.getAuthority(), options.getInt("hyperfoil.connections")));
      for (Map.Entry<String, List<Drawn>> some :
          new TreeMap<>(calls.stream().collect(groupingBy(Drawn::name))).entrySet()) {
        double rate = part.getValue().rate() * some.getValue().size() / calls.size();
        phases.append(
            phases(part.getKey() + "-" + some.getKey(), rate, some.getValue(), url, folder, whole));
      }
    }
    return """
    name: kcp
    http:
    %sergonomics: { autoRangeCheck: false, stopOnInvalid: false, repeatCookies: false, userAgentFromSession: false }
    phases:
    %s\
    """
        .formatted(hosts, phases);
  }

  private String phases(
      String name, double rate, List<Drawn> calls, URI url, Path folder, BenchmarkPlan.Whole whole)
      throws IOException {
    Drawn first = calls.get(0);
    Path paths = folder.resolve(name + "-paths.txt");
    Files.write(
        paths, calls.stream().map(call -> call.url().replaceFirst("http://[^/]+", "")).toList());
    String drawing = "";
    String body = "";
    if (first.body() != null) {
      Path bodies = folder.resolve(name + "-bodies.txt");
      Files.write(bodies, calls.stream().map(Drawn::body).toList());
      drawing = "        - randomItem: { toVar: body, file: %s }%n".formatted(bodies);
      body = "            body: { fromVar: body }\n";
    }
    int sessions =
        (int)
            Math.max(
                options.getInt("hyperfoil.least-sessions"),
                rate * options.getDouble("hyperfoil.sessions-per-rate"));
    return String.format(
        Locale.ROOT,
        PHASES,
        name,
        String.format(Locale.ROOT, "%.3f", rate),
        whole.rampSeconds(),
        whole.holdSeconds(),
        sessions,
        paths,
        drawing,
        url.getAuthority(),
        first.method(),
        body,
        first.status());
  }

  /** Of all calls at the full rate: it prints a distribution for each operation and phase. */
  @Override
  public Latency latency(Path folder) throws IOException {
    Histogram all = new Histogram(DIGITS);
    boolean hold = false;
    long below = 0;
    for (String line : Files.readAllLines(folder.resolve("output.txt"))) {
      if (line.contains("] ramp-") || line.contains("] hold-")) {
        hold = line.contains("] hold-");
        below = 0;
      }
      Matcher matcher = LINE.matcher(line + " ");
      if (hold && matcher.find()) {
        long count = Long.parseLong(matcher.group(2));
        all.recordValueWithCount(Math.round(Double.parseDouble(matcher.group(1))), count - below);
        below = count;
      }
    }
    if (all.getTotalCount() == 0) {
      return Latency.UNKNOWN;
    }
    return new Latency(all.getValueAtPercentile(50) / 1e3, all.getValueAtPercentile(99) / 1e3);
  }

  @Override
  public String remark(Path folder) throws IOException {
    long failed = 0;
    for (String line : Files.readAllLines(folder.resolve("output.txt"))) {
      failed += line.contains(WRONG) ? 1 : 0;
      Matcher matcher = FAILED.matcher(line);
      if (matcher.find()) {
        failed += Long.parseLong(matcher.group(1)) + Long.parseLong(matcher.group(2));
      }
    }
    return "%,d calls failed; status checked, content not".formatted(failed);
  }
}
