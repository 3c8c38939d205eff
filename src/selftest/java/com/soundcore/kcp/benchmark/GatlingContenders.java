package com.soundcore.kcp.benchmark;

import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogVisitor;
import com.typesafe.config.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The two that are Gatling: the suite as its README starts it, and a bare simulation. */
final class GatlingContenders {
  private static final int DIGITS = 3;
  private static final Pattern VERDICT = Pattern.compile("verdict +file:(\\S+)/kcp/report.html");

  private GatlingContenders() {}

  /** The suite, started by Maven, with everything on. */
  record Suite(Config options, Map<String, URI> urls) implements Contender {
    @Override
    public String name() {
      return "suite";
    }

    @Override
    public Optional<String> version() {
      return Optional.of("Qps10k of this suite, Gatling " + LogReader.VERSION);
    }

    @Override
    public Process start(Path folder) throws IOException {
      double scale = options.getDouble("rate") / 10_000;
      List<String> command = new ArrayList<>(List.of("mvn", "--batch-mode", "gatling:test"));
      command.add("-Dgatling.simulationClass=Qps10k");
      command.add("-Dkcp.env=local");
      urls.forEach((service, url) -> command.add("-Dkcp.environment.urls." + service + "=" + url));
      command.add("-Dkcp.load-scale=" + scale);
      // It is measured to its end, whatever it says.
      command.add("-Dkcp.early-stop.lost-gates=false");
      command.add(
          "-Dkcp.tests.qps10k.stages.0.over=" + options.getDuration("ramp").toSeconds() + "s");
      command.add("-Dkcp.tests.qps10k.stages.1.hold=" + BenchmarkPlan.holdSeconds(options) + "s");
      return Commands.started(command, folder);
    }

    @Override
    public Latency latency(Path folder) throws IOException {
      return ofLog(options, run(folder).resolve("simulation.log"));
    }

    /** Where the run is stands in its last lines. */
    private static Path run(Path folder) throws IOException {
      Matcher printed = VERDICT.matcher(Files.readString(folder.resolve("output.txt")));
      if (!printed.find()) {
        throw new IOException("no verdict in " + folder.resolve("output.txt"));
      }
      return Path.of(printed.group(1));
    }

    @Override
    public double latencySeconds(Config options) {
      return options.getDuration("window").toMillis() / 1e3;
    }

    @Override
    public String remark(Path folder) throws IOException {
      Path summary = run(folder).resolve("kcp").resolve("summary.json");
      return Commands.JSON.readTree(summary.toFile()).at("/verdict/status").asText();
    }
  }

  /** Gatling alone, with the options that its plugin gives everybody. */
  record Bare(Config options, BenchmarkPlan plan) implements Contender {
    @Override
    public String name() {
      return "bare";
    }

    @Override
    public Optional<String> version() {
      return Optional.of("a bare simulation, Gatling " + LogReader.VERSION);
    }

    @Override
    public Process start(Path folder) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options.getStringList("bare-jvm-args"));
      command.add("-D" + BareSimulation.PLAN + "=" + plan.folder().resolve("plan.json"));
      command.add("-Dgatling.conf.file=benchmark/bare-gatling.conf");
      command.addAll(List.of("-cp", ClassPath.ofTheSuite(), "io.gatling.app.Gatling"));
      command.addAll(List.of("-s", BareSimulation.class.getName()));
      command.addAll(List.of("-rf", folder.resolve("runs").toString()));
      return Commands.started(command, folder);
    }

    @Override
    public Latency latency(Path folder) throws IOException {
      return ofLog(options, log(folder));
    }

    @Override
    public double latencySeconds(Config options) {
      return options.getDuration("window").toMillis() / 1e3;
    }

    @Override
    public String remark(Path folder) throws IOException {
      long[] failed = new long[1];
      LogReader.read(
          log(folder),
          reader ->
              new LogVisitor() {
                @Override
                public void request(int group, int name, int start, int end, boolean ok, int text) {
                  failed[0] += ok ? 0 : 1;
                }
              });
      return "%,d calls failed".formatted(failed[0]);
    }

    private static Path log(Path folder) throws IOException {
      try (Stream<Path> below = Files.walk(folder)) {
        return below.filter(file -> file.endsWith("simulation.log")).findFirst().orElseThrow();
      }
    }
  }

  /** Of the requests that started in the window. */
  private static Contender.Latency ofLog(Config options, Path log) {
    long from = options.getDuration("ramp").plus(options.getDuration("settle")).toMillis();
    long to = from + options.getDuration("window").toMillis();
    Histogram times = new Histogram(DIGITS);
    LogReader.read(
        log,
        reader ->
            new LogVisitor() {
              @Override
              public void request(int group, int name, int start, int end, boolean ok, int text) {
                if (start >= from && start < to) {
                  times.recordValue(Math.max(0, end - start));
                }
              }
            });
    if (times.getTotalCount() == 0) {
      return Contender.Latency.UNKNOWN;
    }
    return new Contender.Latency(times.getValueAtPercentile(50), times.getValueAtPercentile(99));
  }
}
