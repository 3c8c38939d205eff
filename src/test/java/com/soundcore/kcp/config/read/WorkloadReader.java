package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.services.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A reader of {@code kcp.journeys} and {@code kcp.workloads}. */
final class WorkloadReader {
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final Section journeys;
  private final Section workloads;

  WorkloadReader(Section kcp) {
    this.journeys = kcp.section("journeys");
    this.workloads = kcp.section("workloads");
  }

  Map<String, Journey> journeys() {
    Map<String, Journey> all = new TreeMap<>();
    journeys.others().forEach((name, section) -> all.put(name, journey(name, section)));
    return all;
  }

  Map<String, Workload> workloads() {
    Map<String, Workload> all = new TreeMap<>();
    workloads.others().forEach((name, section) -> all.put(name, workload(name, section)));
    return all;
  }

  private static Journey journey(String name, Section section) {
    List<Journey.Step> steps =
        section.sections("steps").stream().map(WorkloadReader::step).toList();
    Journey journey = new Journey(name, section.text("service"), steps);
    if (journey.requests() == 0) {
      section.problem("steps", "makes no call; a journey has at least one");
    }
    return journey;
  }

  private static Journey.Step step(Section section) {
    if (section.has("call")) {
      return new Journey.Call(section.text("call"));
    }
    if (section.has("one-of")) {
      return new Journey.OneOf(ServiceReader.weights(section.section("one-of")));
    }
    if (section.has("pause")) {
      return new Journey.Pause(section.duration("pause", Duration.ZERO, LONGEST_PAUSE));
    }
    if (!section.flag("from-feeder")) {
      section.problem("from-feeder", "must be true; or write call, one-of or pause instead");
    }
    return new Journey.FromFeeder();
  }

  private static Workload workload(String name, Section section) {
    Workload.Pick pick = section.choice("pick", Workload.Pick.class);
    Map<String, Map<String, Integer>> byService = new TreeMap<>();
    section
        .others()
        .forEach((service, weights) -> byService.put(service, ServiceReader.weights(weights)));
    if (byService.isEmpty()) {
      section.problem("*", "names no service; give at least one, with its journeys and weights");
    }
    return new Workload(name, pick, byService);
  }
}
