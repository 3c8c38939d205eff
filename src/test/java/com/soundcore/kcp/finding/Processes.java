package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The processes behind the services. Services that share a process report the same metrics, so a
 * problem of that process is reported once. Also detects processes that restarted under load.
 */
final class Processes {
  private static final String STARTED = "process-start";
  private static final String MEMORY = "memory";
  private static final String KILLED = "out-of-memory";
  private static final double MB = 1e6;
  private static final double GROWN = 2;
  private static final double STILL_GROWING = 1.2;
  private static final double ALIKE = 0.05;
  // Seconds by which clocks and samples may differ.
  private static final double TOLERANCE = 3;

  /**
   * A process that exited and was started again.
   *
   * @param lastSeen second in which the old process was last seen
   * @param firstSeen second in which the new process was first seen
   */
  record Restart(double lastSeen, double firstSeen) {}

  private final Map<String, List<String>> servicesByFirst = new LinkedHashMap<>();
  private final List<ResourceSample> samples;
  private final double startedAt;

  /**
   * @param startedAt start of the load by the system's clock, in seconds since 1970
   */
  Processes(List<ResourceSample> samples, double startedAt) {
    this.samples = List.copyOf(samples);
    this.startedAt = startedAt;
    Map<String, Double> starts = new TreeMap<>();
    Map<String, List<Double>> memory = new HashMap<>();
    for (ResourceSample sample : samples) {
      Double start = sample.figures().get(STARTED);
      Double bytes = sample.figures().get(MEMORY);
      if (start != null) {
        starts.put(sample.service(), start);
      }
      if (bytes != null) {
        memory.computeIfAbsent(sample.service(), name -> new ArrayList<>()).add(bytes);
      }
    }
    starts.forEach(
        (service, start) -> {
          String first =
              servicesByFirst.keySet().stream()
                  .filter(other -> starts.get(other).equals(start))
                  .filter(other -> alike(memory.get(other), memory.get(service)))
                  .findFirst()
                  .orElse(service);
          servicesByFirst.computeIfAbsent(first, name -> new ArrayList<>()).add(service);
        });
  }

  /**
   * Two processes may start at the same moment, but they hardly use the same memory all the time.
   */
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

  /** Returns whether this service represents its process. */
  boolean isFirst(String service) {
    return servicesByFirst.containsKey(service)
        || servicesByFirst.values().stream().noneMatch(all -> all.contains(service));
  }

  /**
   * Returns the first restart of a service's process; empty if there was none. Several workers or
   * instances may answer in turn behind one port. A new process is therefore one that started after
   * the earlier one was last seen, if the earlier one is not seen again.
   */
  Optional<Restart> restart(String service) {
    List<ResourceSample> seen =
        samples.stream()
            .filter(sample -> sample.service().equals(service))
            .filter(sample -> sample.figures().containsKey(STARTED))
            .toList();
    for (int i = 1; i < seen.size(); i++) {
      double old = seen.get(i - 1).figures().get(STARTED);
      boolean again =
          seen.subList(i, seen.size()).stream()
              .anyMatch(sample -> sample.figures().get(STARTED) <= old);
      double began = seen.get(i).figures().get(STARTED);
      boolean after = began - startedAt >= seen.get(i - 1).second() - TOLERANCE;
      if (began > old && after && !again) {
        return Optional.of(new Restart(seen.get(i - 1).second(), seen.get(i).second()));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the evidence that a process ran out of memory; empty without such evidence.
   *
   * @param full fraction of the limit from which on memory counts as full
   */
  Optional<String> hadNoMemoryLeft(String service, Restart at, double full) {
    if (last(service, KILLED, Double.MAX_VALUE) > last(service, KILLED, at.lastSeen())) {
      return Optional.of("its container was ended for lack of memory (OOMKilled)");
    }
    return full(service, at, MEMORY, "memory-limit", full)
        .or(() -> full(service, at, "old-generation", "old-generation-limit", full))
        .or(() -> grown(service, at));
  }

  private Optional<String> full(
      String service, Restart at, String figure, String limitName, double full) {
    double used = last(service, figure, at.lastSeen());
    double limit = last(service, limitName, at.lastSeen());
    return limit > 0 && used >= limit * full
        ? Optional.of(
            text(
                "just before, its %s was %,.0f MB of %,.0f",
                figure.replace('-', ' '), used / MB, limit / MB))
        : Optional.empty();
  }

  /**
   * Without a known limit: the memory doubled, grew until the end, and was less than half
   * afterwards.
   */
  private Optional<String> grown(String service, Restart at) {
    double first =
        samples.stream()
            .filter(sample -> sample.service().equals(service))
            .map(sample -> sample.figures().get(MEMORY))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(0.0);
    double most = last(service, MEMORY, at.lastSeen());
    double halfway = last(service, MEMORY, at.lastSeen() / 2);
    double after = last(service, MEMORY, at.firstSeen());
    boolean grew = first > 0 && most >= GROWN * first && most >= STILL_GROWING * halfway;
    return grew && after <= most / GROWN
        ? Optional.of(
            text(
                "its memory had grown from %,.0f to %,.0f MB just before, and was %,.0f MB after"
                    + " it",
                first / MB, most / MB, after / MB))
        : Optional.empty();
  }

  /** Returns the last value of a metric up to a second; 0 if it was not seen. */
  private double last(String service, String figure, double to) {
    double last = 0;
    for (ResourceSample sample : samples) {
      Double value = sample.figures().get(figure);
      if (value != null && sample.service().equals(service) && sample.second() <= to) {
        last = value;
      }
    }
    return last;
  }

  /** Returns all services that share a service's process, including itself. */
  List<String> with(String service) {
    return servicesByFirst.values().stream()
        .filter(all -> all.contains(service))
        .findFirst()
        .orElse(List.of(service));
  }
}
