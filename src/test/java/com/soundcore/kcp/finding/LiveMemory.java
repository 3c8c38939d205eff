package com.soundcore.kcp.finding;

import com.soundcore.kcp.run.ResourceSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What lives in the old generation of a heap. The figure that a JVM shows has garbage in it: what
 * is there at some moment, and no longer there later in the same process, was garbage then.
 */
final class LiveMemory {
  private static final String STARTED = "process-start";

  /** The smallest value of a process from a sample on. */
  private record Least(Double started, double bytes) {}

  private LiveMemory() {}

  /** The same samples, with the old generation as the smallest value from each of them on. */
  static List<ResourceSample> in(List<ResourceSample> samples) {
    List<ResourceSample> live = new ArrayList<>(samples);
    Map<String, Least> later = new HashMap<>();
    for (int i = samples.size() - 1; i >= 0; i--) {
      ResourceSample sample = samples.get(i);
      Double bytes = sample.figures().get(Drifts.OLD_GENERATION);
      if (bytes != null) {
        Double started = sample.figures().get(STARTED);
        Least least = later.get(sample.service());
        // The next process begins with an empty heap.
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
