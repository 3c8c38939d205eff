package com.soundcore.kcp.live;

import com.soundcore.kcp.run.ResourceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Bytes per second that came from each service: what the line between here and there carried. */
final class ThroughputSamples implements Consumer<LiveSnapshot> {
  /** The name of the figure, beside those of {@code conf/monitoring.conf}. */
  private static final String FIGURE = "received";

  private final List<ResourceSample> samples = new ArrayList<>();
  private final Map<String, Long> bytes = new TreeMap<>();
  private long everySeconds = 1;
  private int ticks;

  /** How often; zero for never. */
  void every(Duration duration) {
    everySeconds = duration.toSeconds();
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
      bytes.forEach(
          (service, sum) ->
              samples.add(
                  new ResourceSample(
                      tick.second() + 1.0, service, Map.of(FIGURE, (double) sum / seconds))));
      bytes.clear();
      ticks = 0;
    }
  }

  synchronized List<ResourceSample> samples() {
    return List.copyOf(samples);
  }
}
