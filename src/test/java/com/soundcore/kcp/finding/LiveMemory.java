package com.soundcore.kcp.finding;

import com.soundcore.kcp.run.ResourceSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The live data in the old generation of a heap. The metric of a JVM also counts garbage: memory
 * that the same process no longer uses later was garbage.
 */
final class LiveMemory {
  private static final String STARTED = "process-start";

  /** The smallest value of a process in this sample and all later ones. */
  private record Least(Double started, double bytes) {}

  private LiveMemory() {}

  /** Returns the samples with the old generation replaced by its smallest value from then on. */
  static List<ResourceSample> in(List<ResourceSample> samples) {
    List<ResourceSample> live = new ArrayList<>(samples);
    Map<String, Least> later = new HashMap<>();
    for (int i = samples.size() - 1; i >= 0; i--) {
      ResourceSample sample = samples.get(i);
      Double bytes = sample.figures().get(Drifts.OLD_GENERATION);
      if (bytes != null) {
        Double started = sample.figures().get(STARTED);
        Least least = later.get(sample.service());
        // A restarted process begins with an empty heap.
        boolean same = least != null && Objects.equals(least.started(), started);
        double smallest = same ? Math.min(bytes, least.bytes()) : bytes;
        later.put(sample.service(), new Least(started, smallest));
        Map<String, Double> figures = new HashMap<>(sample.figures());
        figures.put(Drifts.OLD_GENERATION, smallest);
        live.set(i, new ResourceSample(sample.second(), sample.service(), figures));
      }
    }
    return live;
  }
}
