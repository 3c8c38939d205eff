package com.soundcore.kcp.live;

import com.soundcore.kcp.live.calls.ProcessTimes;
import com.soundcore.kcp.run.ResourceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Metrics that the answers themselves show for each service: the bytes per second on the
 * connection, and the time spent in the application.
 */
final class ThroughputSamples implements Consumer<LiveSnapshot> {
  /** Names of the metrics, in addition to those of {@code conf/monitoring.conf}. */
  private static final String RECEIVED = "received";

  private static final String INSIDE = "inside-ms";

  private final List<ResourceSample> samples = new ArrayList<>();
  private final Map<String, Long> bytes = new TreeMap<>();
  private final ProcessTimes processTimes;
  private long everySeconds = 1;
  private volatile Map<String, Double> latestInside = Map.of();
  private int ticks;

  ThroughputSamples(ProcessTimes processTimes) {
    this.processTimes = processTimes;
  }

  /** Sets the interval between samples; zero for none. */
  void every(Duration duration) {
    everySeconds = duration.toSeconds();
    processTimes.wanted(everySeconds > 0);
  }

  @Override
  public synchronized void accept(LiveSnapshot tick) {
    if (everySeconds == 0) {
      return;
    }
    tick.services().forEach((service, flow) -> bytes.merge(service, flow.bytesPerSec(), Long::sum));
    ticks++;
    if (ticks >= everySeconds) {
      int seconds = ticks;
      Map<String, Double> inside = processTimes.meansThenReset();
      latestInside = inside;
      bytes.forEach(
          (service, sum) -> {
            Map<String, Double> figures = new TreeMap<>();
            figures.put(RECEIVED, (double) sum / seconds);
            if (inside.containsKey(service)) {
              figures.put(INSIDE, inside.get(service));
            }
            samples.add(new ResourceSample(tick.second() + 1.0, service, figures));
          });
      bytes.clear();
      ticks = 0;
    }
  }

  /** Returns the metrics of services, with the latest time inside each application added. */
  Map<String, Map<String, Double>> withInside(Map<String, Map<String, Double>> figures) {
    Map<String, Map<String, Double>> all = new TreeMap<>(figures);
    latestInside.forEach(
        (service, millis) -> {
          Map<String, Double> own = new TreeMap<>(all.getOrDefault(service, Map.of()));
          own.put(INSIDE, millis);
          all.put(service, own);
        });
    return all;
  }

  synchronized List<ResourceSample> samples() {
    return List.copyOf(samples);
  }
}
