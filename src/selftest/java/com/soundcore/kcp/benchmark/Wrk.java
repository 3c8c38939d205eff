package com.soundcore.kcp.benchmark;

import com.typesafe.config.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, reading from one service as fast as it can: what a request costs at the least. */
record Wrk(Config options, BenchmarkPlan plan, String service, URI url) implements Contender {
  private static final Pattern PERCENTILE = Pattern.compile("(50|99)%\\s+([\\d.]+)(us|ms|s)");

  @Override
  public String name() {
    return "wrk";
  }

  @Override
  public Optional<String> version() {
    return Commands.firstLine("wrk", "-v");
  }

  @Override
  public Process start(Path folder) throws IOException {
    long seconds = options.getDuration("ramp").toSeconds() + BenchmarkPlan.holdSeconds(options);
    List<String> command =
        new ArrayList<>(List.of("wrk", "-t1", "-c" + options.getInt("wrk-connections")));
    command.addAll(List.of("-d" + seconds + "s", "--latency"));
    command.addAll(List.of("-s", Commands.SCRIPTS.resolve("gets.lua").toString(), url.toString()));
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

  /** Of the whole run: in the ramp half as many calls arrive. */
  @Override
  public double latencySeconds(Config options) {
    return options.getDuration("ramp").toSeconds() / 2.0 + BenchmarkPlan.holdSeconds(options);
  }

  @Override
  public String remark(Path folder) {
    return "reads of " + service + " only, as fast as it goes, unchecked; latency of the whole run";
  }
}
