package com.soundcore.kcp.benchmark;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.workload.DrawnCall;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What every contender is to send, as files that each of them can read: the calls of each service,
 * drawn by the suite's own feeders in the shares of the mix.
 *
 * @param folder where the files are
 */
record BenchmarkPlan(Path folder) {
  /** A call as the contenders read it. */
  record Drawn(
      String name, String method, String url, String body, int status, List<String> contains) {}

  /** A service's part. */
  record Part(double rate, String calls) {}

  /** The whole. */
  record Whole(long rampSeconds, long holdSeconds, int users, Map<String, Part> services) {}

  /** Draws the calls and writes the files. */
  static BenchmarkPlan draw(
      Config options,
      KcpConfig config,
      TrafficMix mix,
      Map<String, ServiceFeeder> feeders,
      Path folder)
      throws IOException {
    Files.createDirectories(folder);
    double perTarget =
        options.getDouble("rate")
            / mix.parts().stream().mapToDouble(p -> p.service().target().requestsPerSec()).sum();
    Map<String, Part> parts = new LinkedHashMap<>();
    for (TrafficMix.Part part : mix.parts()) {
      String service = part.service().name();
      List<Drawn> drawn = drawn(part, feeders.get(service), options.getInt("calls-per-service"));
      Collections.shuffle(drawn, new Random(config.run().seed()));
      Path calls = folder.resolve(service + ".json").toAbsolutePath();
      Commands.JSON.writeValue(calls.toFile(), drawn);
      Files.write(
          folder.resolve(service + "-gets.txt"),
          drawn.stream()
              .filter(call -> call.method().equals("GET"))
              .map(call -> call.url().replaceFirst("http://[^/]+", ""))
              .toList());
      double rate = part.service().target().requestsPerSec() * perTarget;
      parts.put(service, new Part(rate, calls.toString()));
    }
    long ramp = options.getDuration("ramp").toSeconds();
    Whole whole = new Whole(ramp, holdSeconds(options), options.getInt("k6-users"), parts);
    Commands.JSON.writeValue(folder.resolve("plan.json").toFile(), whole);
    return new BenchmarkPlan(folder);
  }

  /** Long enough for what is measured, wherever in it the measuring begins. */
  static long holdSeconds(Config options) {
    return options.getDuration("settle").toSeconds()
        + options.getDuration("window").toSeconds()
        + 5;
  }

  static Whole whole(Path file) throws IOException {
    return Commands.JSON.readValue(file.toFile(), Whole.class);
  }

  static List<Drawn> calls(Part part) throws IOException {
    return List.of(Commands.JSON.readValue(Path.of(part.calls()).toFile(), Drawn[].class));
  }

  private static List<Drawn> drawn(TrafficMix.Part part, ServiceFeeder feeder, int count) {
    List<Drawn> calls = new ArrayList<>();
    Map<String, Double> shares = shares(part);
    double all = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    shares.forEach(
        (name, share) -> {
          for (long i = Math.max(1, Math.round(share / all * count)); i > 0; i--) {
            DrawnCall call = feeder.next(name);
            calls.add(
                new Drawn(
                    name,
                    call.operation().method(),
                    call.url(),
                    call.body(),
                    call.operation().status(),
                    call.contains()));
          }
        });
    return calls;
  }

  /** How often each operation is called, compared with the others. */
  private static Map<String, Double> shares(TrafficMix.Part part) {
    Map<String, Double> shares = new TreeMap<>();
    for (TrafficMix.Weighted weighted : part.journeys()) {
      for (Journey.Step step : weighted.journey().steps()) {
        if (step instanceof Journey.Call call) {
          shares.merge(call.operation(), weighted.share(), Double::sum);
        } else if (step instanceof Journey.OneOf oneOf) {
          double sum = oneOf.weights().values().stream().mapToInt(Integer::intValue).sum();
          oneOf
              .weights()
              .forEach((name, w) -> shares.merge(name, weighted.share() * w / sum, Double::sum));
        }
      }
    }
    return shares;
  }
}
