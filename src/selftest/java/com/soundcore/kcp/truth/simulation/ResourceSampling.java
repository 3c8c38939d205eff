package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the services about themselves every few seconds, as the suite does. One that refuses, or
 * stands still for longer than the question waits, says nothing.
 */
final class ResourceSampling implements Event {
  private static final long PATIENCE = 3 * Micros.SECOND;

  /** A service that is asked. */
  record Asked(String name, Server server, SystemProcess process) {}

  private record Counters(double second, double requests, double cpu) {}

  private final EventQueue queue;
  private final Client client;
  private final List<Asked> services;
  private final long everyMicros;
  private final List<ResourceSample> samples = new ArrayList<>();
  private final Map<String, Counters> before = new LinkedHashMap<>();
  private long next;

  ResourceSampling(EventQueue queue, Client client, List<Asked> services, double everySeconds) {
    this.queue = queue;
    this.client = client;
    this.services = services;
    this.everyMicros = Micros.ofSeconds(everySeconds);
  }

  void begin() {
    queue.add(client.awake(0), this);
  }

  @Override
  public void happen(long now) {
    for (Asked asked : services) {
      boolean answers =
          !asked.server().refuses(now) && asked.server().clock().left(now) <= PATIENCE;
      if (answers) {
        ask(asked, now);
      }
    }
    // Rounds that were missed are not made up for.
    next = Math.max(next, now - everyMicros) + everyMicros;
    queue.add(Math.max(now, client.awake(next)), this);
  }

  private void ask(Asked asked, long now) {
    double second = Micros.toSeconds(now);
    Map<String, Double> figures = new LinkedHashMap<>();
    int instances = asked.server().instances();
    long instance = now / everyMicros % instances;
    // Each has its part of the calls, and not to the last one.
    double part = (1 + 0.02 * instance) / instances;
    Counters counters =
        new Counters(
            second,
            Math.floor(asked.server().requests * part),
            asked.process().cpuSeconds(second) * part);
    Counters earlier = before.put(asked.name(), counters);
    if (earlier != null && second > earlier.second()) {
      double seconds = second - earlier.second();
      growth("cpu", counters.cpu() - earlier.cpu(), seconds, figures);
      growth("requests", counters.requests() - earlier.requests(), seconds, figures);
    }
    figures.put("requests-total", counters.requests());
    asked.process().tell(second, figures);
    figures.computeIfPresent("process-start", (figure, at) -> at + 10.0 * instance);
    samples.add(new ResourceSample(Math.round(second * 10) / 10.0, asked.name(), figures));
  }

  /** A counter that fell was that of a process that has restarted. */
  private static void growth(
      String figure, double more, double seconds, Map<String, Double> figures) {
    if (more >= 0) {
      figures.put(figure, more / seconds);
    }
  }

  /** All that was answered. */
  List<ResourceSample> samples() {
    return samples;
  }
}
