package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Workload;
import com.soundcore.kcp.config.services.Workload.Pick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A workload reduced to what is selected: the services' parts, in the proportion of their targets.
 *
 * @param workload its name
 * @param pick whether a user takes one journey at a time or all of them
 * @param parts one for each service that gets load; at least one
 */
public record TrafficMix(String workload, Pick pick, List<Part> parts) {

  /**
   * A service's part.
   *
   * @param service whose it is
   * @param journeys its journeys and their weights
   * @param startsPerIteration how often one of them is started when a user of the whole mix sets
   *     out once: a probability where users pick one journey, 1 where they take all
   */
  public record Part(Service service, List<Weighted> journeys, double startsPerIteration) {
    /** Requests of one start, on average. */
    public double requestsPerStart() {
      return journeys.stream().mapToDouble(j -> j.share() * j.journey().requests()).sum();
    }

    /** Seconds of thinking within one start, on average. */
    public double pauseSecondsPerStart() {
      return journeys.stream()
          .mapToDouble(j -> j.share() * j.journey().pauses().toNanos() / 1e9)
          .sum();
    }

    /** Calls of an operation in one start, on average. */
    public double callsPerStart(String operation) {
      return journeys.stream().mapToDouble(j -> j.share() * calls(j.journey(), operation)).sum();
    }

    private static double calls(Journey journey, String operation) {
      double calls = 0;
      for (Journey.Step step : journey.steps()) {
        if (step instanceof Journey.Call call && call.operation().equals(operation)) {
          calls++;
        } else if (step instanceof Journey.OneOf oneOf) {
          double all = oneOf.weights().values().stream().mapToInt(Integer::intValue).sum();
          calls += oneOf.weights().getOrDefault(operation, 0) / all;
        }
      }
      return calls;
    }

    /** Every operation that its journeys may call. */
    public Set<String> operations() {
      Set<String> names = new TreeSet<>();
      for (Weighted weighted : journeys) {
        for (Journey.Step step : weighted.journey().steps()) {
          if (step instanceof Journey.Call call) {
            names.add(call.operation());
          } else if (step instanceof Journey.OneOf oneOf) {
            names.addAll(oneOf.weights().keySet());
          }
        }
      }
      return names;
    }

    /** Seconds of thinking within its longest journey. */
    public double longestPauseSeconds() {
      return journeys.stream()
          .mapToDouble(j -> j.journey().pauses().toNanos() / 1e9)
          .max()
          .orElse(0);
    }
  }

  /**
   * A journey and how often it is taken when its service is visited: its share, or 1 for always.
   */
  public record Weighted(Journey journey, double share) {}

  /**
   * The mix of a workload over the selected services, without the calls that are left out.
   *
   * @throws ConfigException where nothing is left
   */
  public static TrafficMix of(KcpConfig config, Workload workload) {
    List<Part> parts = new ArrayList<>();
    for (Service service : config.services()) {
      Map<String, Integer> weights = workload.journeys().getOrDefault(service.name(), Map.of());
      List<Weighted> journeys = weighted(config, service, weights, workload.pick());
      if (!journeys.isEmpty()) {
        parts.add(new Part(service, journeys, 1));
      }
    }
    if (parts.isEmpty()) {
      throw new ConfigException(
          List.of(
              "kcp.workload '%s' has no call for the selected services (%s); it covers %s"
                  .formatted(
                      workload.name(),
                      config.services().stream()
                          .map(Service::name)
                          .collect(Collectors.joining(", ")),
                      String.join(", ", workload.journeys().keySet()))));
    }
    return new TrafficMix(
        workload.name(),
        workload.pick(),
        workload.pick() == Pick.ALL ? parts : inProportion(parts));
  }

  /** Requests of one iteration, on average. */
  public double requestsPerIteration() {
    return parts.stream().mapToDouble(p -> p.startsPerIteration() * p.requestsPerStart()).sum();
  }

  /** Seconds of thinking within one iteration, on average. */
  public double pauseSecondsPerIteration() {
    return parts.stream().mapToDouble(p -> p.startsPerIteration() * p.pauseSecondsPerStart()).sum();
  }

  /** Starts such that the *requests* fall on the services as their targets say. */
  private static List<Part> inProportion(List<Part> parts) {
    double all = parts.stream().mapToDouble(TrafficMix::startsForItsTarget).sum();
    return parts.stream()
        .map(part -> new Part(part.service(), part.journeys(), startsForItsTarget(part) / all))
        .toList();
  }

  private static double startsForItsTarget(Part part) {
    return part.service().target().requestsPerSec() / part.requestsPerStart();
  }

  private static List<Weighted> weighted(
      KcpConfig config, Service service, Map<String, Integer> weights, Pick pick) {
    CallFilter affordable = new CallFilter(config::leavesOut);
    List<Weighted> journeys = new ArrayList<>();
    weights.forEach(
        (name, weight) -> {
          Optional<Journey> journey = affordable.part(config.journeys().get(name), service);
          journey.ifPresent(j -> journeys.add(new Weighted(j, weight)));
        });
    double all = journeys.stream().mapToDouble(Weighted::share).sum();
    return journeys.stream()
        .map(j -> new Weighted(j.journey(), pick == Pick.ALL ? 1 : j.share() / all))
        .toList();
  }

  /** Every operation that may be called. */
  public List<Operation> all() {
    return parts.stream()
        .flatMap(
            part -> part.operations().stream().map(name -> part.service().operations().get(name)))
        .toList();
  }

  /** The share of each operation in the calls of its service, by "service / operation". */
  public Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Part part : parts) {
      for (String name : part.operations()) {
        shares.put(
            part.service().operations().get(name).fullName(),
            part.callsPerStart(name) / part.requestsPerStart());
      }
    }
    return shares;
  }

  /** What may be called, by service. */
  public Map<String, List<String>> operations() {
    Map<String, List<String>> operations = new LinkedHashMap<>();
    parts.forEach(part -> operations.put(part.service().name(), List.copyOf(part.operations())));
    return operations;
  }
}
