package com.soundcore.kcp.finding;

import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which services are one process: each of them shows the figures of the whole, and what is found of
 * it is found once.
 */
final class Processes {
  private static final String STARTED = "process-start";
  private static final String MEMORY = "memory";
  private static final double ALIKE = 0.05;

  private final Map<String, List<String>> servicesByFirst = new LinkedHashMap<>();

  Processes(List<ResourceSample> samples) {
    Map<String, Double> startedAt = new TreeMap<>();
    Map<String, List<Double>> memory = new HashMap<>();
    for (ResourceSample sample : samples) {
      Double start = sample.figures().get(STARTED);
      Double bytes = sample.figures().get(MEMORY);
      if (start != null) {
        startedAt.put(sample.service(), start);
      }
      if (bytes != null) {
        memory.computeIfAbsent(sample.service(), name -> new ArrayList<>()).add(bytes);
      }
    }
    startedAt.forEach(
        (service, start) -> {
          String first =
              servicesByFirst.keySet().stream()
                  .filter(other -> startedAt.get(other).equals(start))
                  .filter(other -> alike(memory.get(other), memory.get(service)))
                  .findFirst()
                  .orElse(service);
          servicesByFirst.computeIfAbsent(first, name -> new ArrayList<>()).add(service);
        });
  }

  /** Two processes may start in the same moment, but hardly use the same memory all the time. */
  private static boolean alike(List<Double> one, List<Double> other) {
    if (one == null || other == null) {
      return true;
    }
    int n = Math.min(one.size(), other.size());
    double[] differences = new double[n];
    for (int i = 0; i < n; i++) {
      differences[i] = Math.abs(one.get(i) - other.get(i)) / Math.max(1, one.get(i));
    }
    return Medians.of(differences) <= ALIKE;
  }

  /** Whether a service is the one that its process is looked at by. */
  boolean isFirst(String service) {
    return servicesByFirst.containsKey(service)
        || servicesByFirst.values().stream().noneMatch(all -> all.contains(service));
  }

  /** All services of the process of a service, itself included. */
  List<String> with(String service) {
    return servicesByFirst.values().stream()
        .filter(all -> all.contains(service))
        .findFirst()
        .orElse(List.of(service));
  }
}
