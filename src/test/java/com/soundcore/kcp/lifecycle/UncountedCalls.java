package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Correctly answered calls that are missing from their service's own counter. Something else
 * answered them, such as an unannounced cache in front of the service.
 */
record UncountedCalls(RunMetadata facts, RunModel model, List<ResourceSample> resources) {
  private static final String REQUESTS = "requests";
  private static final String STARTED = "process-start";
  private static final int FEWEST_SAMPLES = 5;
  private static final double MOST_COUNTED = 0.8;

  /**
   * Returns a "CACHED" caveat for each service whose counter misses more than a fifth of its calls.
   */
  List<String> caveats() {
    List<String> caveats = new ArrayList<>();
    for (String service : facts.operations().keySet()) {
      List<ResourceSample> samples =
          resources.stream()
              .filter(sample -> sample.service().equals(service) && isInAHold(sample.second()))
              .filter(sample -> sample.figures().containsKey(REQUESTS))
              .toList();
      if (samples.size() >= FEWEST_SAMPLES && isOneProcess(samples)) {
        double counted =
            samples.stream().mapToDouble(s -> s.figures().get(REQUESTS)).average().orElse(0);
        double answered = answeredPerSecond(service);
        if (counted < answered * MOST_COUNTED) {
          caveats.add(
              String.format(
                  Locale.ROOT,
                  "CACHED: %s counted %,.0f requests a second itself, and %,.0f were answered: a"
                      + " cache in front, or another instance, answered the others",
                  service,
                  counted,
                  answered));
        }
      }
    }
    return caveats;
  }

  /** Several workers or instances answer in turn, and each has its own counter. */
  private static boolean isOneProcess(List<ResourceSample> samples) {
    return samples.stream().map(sample -> sample.figures().get(STARTED)).distinct().count() == 1;
  }

  private boolean isInAHold(double second) {
    return facts.phases().stream().anyMatch(phase -> phase.hold() && holds(phase, second));
  }

  private static boolean holds(Phase phase, double second) {
    return second > phase.startSecond() && second <= phase.endSecond();
  }

  private double answeredPerSecond(String service) {
    return model.timelineOf(service).seconds().stream()
        .filter(second -> isInAHold(second.second() + 1))
        .mapToLong(Timeline.Second::ok)
        .average()
        .orElse(0);
  }
}
