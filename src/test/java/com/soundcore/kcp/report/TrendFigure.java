package com.soundcore.kcp.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;

/**
 * A metric of a service, or of {@value #ALL}, that is tracked over many runs.
 *
 * @param name for people
 * @param unit of the values
 * @param smallerIsBetter false: larger is better
 * @param of returns the value from a summary; empty without one: a 0 would look like a fast
 *     response
 */
record TrendFigure(
    String name,
    String unit,
    boolean smallerIsBetter,
    BiFunction<JsonNode, String, OptionalDouble> of) {
  /** The subject of metrics that belong to no single service, such as the breaking point. */
  static final String ALL = "all services";

  static final List<TrendFigure> FIGURES =
      List.of(
          ofService("p95", "ms", true, "p95Ms", 1),
          ofService("p99", "ms", true, "p99Ms", 1),
          ofService("error rate", "%", true, "errorRate", 100),
          ofService("rate", "req/s", false, "rps", 1),
          new TrendFigure("breaking point", "req/s", false, TrendFigure::breakingPoint),
          new TrendFigure("CPU per request", "ms", true, TrendFigure::cpu),
          new TrendFigure("memory slope", "MiB/min", true, TrendFigure::memorySlope));

  private static final double MILLIS = 1000;

  /** Returns all subjects with metrics in any run. */
  static List<String> subjects(List<JsonNode> runs) {
    TreeSet<String> services = new TreeSet<>();
    runs.forEach(run -> run.path("services").fieldNames().forEachRemaining(services::add));
    if (runs.stream().anyMatch(run -> breakingPoint(run, ALL).isPresent())) {
      services.add(ALL);
    }
    return List.copyOf(services);
  }

  OptionalDouble in(JsonNode run, String subject) {
    return of.apply(run, subject);
  }

  private static TrendFigure ofService(
      String name, String unit, boolean smallerIsBetter, String key, double factor) {
    return new TrendFigure(
        name,
        unit,
        smallerIsBetter,
        (run, service) -> number(run.path("services").path(service).path(key), factor));
  }

  /** Returns the highest rate that every service held, if a higher one failed. */
  private static OptionalDouble breakingPoint(JsonNode run, String subject) {
    boolean found = run.at("/breakpoint/outcome").asText().equals("FOUND");
    return subject.equals(ALL) && found
        ? number(run.at("/breakpoint/lastHeld/plannedRps"), 1)
        : OptionalDouble.empty();
  }

  /** Returns the mean of the service's process; services in one process share it. */
  private static OptionalDouble cpu(JsonNode run, String service) {
    OptionalDouble cores =
        StreamSupport.stream(run.path("resources").spliterator(), false)
            .filter(sample -> sample.path("service").asText().equals(service))
            .map(sample -> sample.path("figures").path("cpu"))
            .filter(JsonNode::isNumber)
            .mapToDouble(JsonNode::asDouble)
            .average();
    double rate = run.path("services").path(service).path("rps").asDouble();
    return cores.isPresent() && rate > 0
        ? OptionalDouble.of(cores.getAsDouble() * MILLIS / rate)
        : OptionalDouble.empty();
  }

  /** Returns the drift of memory; only tests with a long hold have one. */
  private static OptionalDouble memorySlope(JsonNode run, String service) {
    return StreamSupport.stream(run.path("drift").spliterator(), false)
        .filter(drift -> drift.path("service").asText().equals(service))
        .filter(drift -> drift.path("unit").asText().equals("MiB"))
        .map(drift -> drift.path("perMinute"))
        .filter(JsonNode::isNumber)
        .mapToDouble(JsonNode::asDouble)
        .findFirst();
  }

  private static OptionalDouble number(JsonNode value, double factor) {
    return value.isNumber() ? OptionalDouble.of(value.asDouble() * factor) : OptionalDouble.empty();
  }
}
