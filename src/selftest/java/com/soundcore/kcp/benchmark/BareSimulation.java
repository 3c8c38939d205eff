package com.soundcore.kcp.benchmark;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.soundcore.kcp.benchmark.BenchmarkPlan.Drawn;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The same calls at the same rates with Gatling alone, written as its users write: feeders,
 * expressions, a switch, and its own checks of status and content.
 */
public final class BareSimulation extends Simulation {
  /** Names the file of the plan. */
  static final String PLAN = "benchmark.plan";

  /** Reads the plan and injects it. */
  public BareSimulation() {
    try {
      BenchmarkPlan.Whole plan = BenchmarkPlan.whole(Path.of(System.getProperty(PLAN)));
      List<PopulationBuilder> populations = new ArrayList<>();
      for (Map.Entry<String, BenchmarkPlan.Part> entry : plan.services().entrySet()) {
        double rate = entry.getValue().rate();
        populations.add(
            scenario(entry.getKey())
                .exec(anyOf(BenchmarkPlan.calls(entry.getValue())))
                .injectOpen(
                    rampUsersPerSec(0).to(rate).during(plan.rampSeconds()),
                    constantUsersPerSec(rate).during(plan.holdSeconds())));
      }
      setUp(populations).protocols(http.shareConnections().disableWarmUp());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ChainBuilder anyOf(List<Drawn> calls) {
    Map<String, List<Drawn>> byName =
        calls.stream()
            .collect(Collectors.groupingBy(Drawn::name, TreeMap::new, Collectors.toList()));
    List<Choice.WithWeight> choices = new ArrayList<>();
    byName.forEach(
        (name, some) ->
            choices.add(percent(100.0 * some.size() / calls.size()).then(one(name, some))));
    return randomSwitch().on(choices);
  }

  private static ChainBuilder one(String name, List<Drawn> calls) {
    Drawn first = calls.get(0);
    HttpRequestActionBuilder request =
        http(name).httpRequest(first.method(), "#{url}").check(status().is(first.status()));
    for (int i = 0; i < first.contains().size(); i++) {
      request = request.check(substring("#{piece" + i + "}").exists());
    }
    if (first.body() != null) {
      request = request.body(StringBody("#{body}")).header("Content-Type", "application/json");
    }
    return feed(listFeeder(calls.stream().map(BareSimulation::row).toList()).circular())
        .exec(request);
  }

  private static Map<String, Object> row(Drawn call) {
    Map<String, Object> row = new HashMap<>();
    row.put("url", call.url());
    if (call.body() != null) {
      row.put("body", call.body());
    }
    for (int i = 0; i < call.contains().size(); i++) {
      row.put("piece" + i, call.contains().get(i));
    }
    return row;
  }
}
