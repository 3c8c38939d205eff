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
 * A workload reduced to the selected services, in proportion to their targets.
 *
 * @param workload the workload's name
 * @param pick whether a user takes one journey at a time or all of them
 * @param parts one part for each service that receives load; at least one
 */
public record TrafficMix(String workload, Pick pick, List<Part> parts) {

  /**
   * A service's part of the mix.
   *
   * @param service the service
   * @param journeys its journeys and their weights
   * @param startsPerIteration the expected number of starts per iteration of a user of the whole
   *     mix: a probability if users pick one journey, and 1 if they take all
   */
  public record Part(Service service, List<Weighted> journeys, double startsPerIteration) {
    /** Returns the mean number of requests per start. */
    public double requestsPerStart() {
      return journeys.stream().mapToDouble(j -> j.share() * j.journey().requests()).sum();
    }

    /** Returns the mean pause per start, in seconds. */
    public double pauseSecondsPerStart() {
      return journeys.stream()
          .mapToDouble(j -> j.share() * j.journey().pauses().toNanos() / 1e9)
          .sum();
    }

    /** Returns an operation's mean number of calls per start. */
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

    /** Returns the names of all operations that the journeys may call. */
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

    /** Returns the total pause of the longest journey, in seconds. */
    public double longestPauseSeconds() {
      return journeys.stream()
          .mapToDouble(j -> j.journey().pauses().toNanos() / 1e9)
          .max()
          .orElse(0);
    }
  }

  /** A journey and its frequency per visit to its service: its share, or 1 for always. */
  public record Weighted(Journey journey, double share) {}

  /**
   * Returns the mix of a workload over the selected services, without the excluded calls.
   *
   * @throws ConfigException if no call remains
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

  /** Returns the mean number of requests per iteration. */
  public double requestsPerIteration() {
    return parts.stream().mapToDouble(p -> p.startsPerIteration() * p.requestsPerStart()).sum();
  }

  /** Returns the mean pause per iteration, in seconds. */
  public double pauseSecondsPerIteration() {
    return parts.stream().mapToDouble(p -> p.startsPerIteration() * p.pauseSecondsPerStart()).sum();
  }

  /**
   * Weights the starts so that the <em>requests</em> to the services are in proportion to their
   * targets.
   */
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

  /** Returns all operations that may be called. */
  public List<Operation> all() {
    return parts.stream()
        .flatMap(
            part -> part.operations().stream().map(name -> part.service().operations().get(name)))
        .toList();
  }

  /** Returns each operation's share of its service's calls, by "service / operation". */
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

  /** Returns the names of all operations that may be called, by service. */
  public Map<String, List<String>> operations() {
    Map<String, List<String>> operations = new LinkedHashMap<>();
    parts.forEach(part -> operations.put(part.service().name(), List.copyOf(part.operations())));
    return operations;
  }
}
