package com.soundcore.kcp.backend.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine;

/**
 * A fault planted on purpose.
 *
 * @param service that has the fault
 * @param kind such as "slow"
 * @param route the only affected route, such as "GET /api/v1/knowledge/{}"; empty for all
 * @param fromMs after the start of the load
 * @param toMs after the start of the load
 * @param delayMs additional time or CPU time of an answer
 * @param share of the answers, from 0 to 1
 * @param size connections, or bytes
 * @param rate requests or bytes per second
 * @param lastingMs how long an effect lasts, or a wait
 */
public record PlantedFault(
    String service,
    String kind,
    String route,
    long fromMs,
    long toMs,
    double delayMs,
    double share,
    long size,
    double rate,
    long lastingMs) {

  /** Returns a copy of another kind. */
  public PlantedFault as(String other) {
    return new PlantedFault(
        service, other, route, fromMs, toMs, delayMs, share, size, rate, lastingMs);
  }

  /** Returns whether the fault affects a route. */
  boolean concerns(String aRoute) {
    return route.isEmpty() || route.equals(general(aRoute));
  }

  boolean isActive(long loadMs) {
    return loadMs >= fromMs && loadMs < toMs;
  }

  /** Returns a route without the names of its parameters. */
  private static String general(String route) {
    return route.replaceAll("\\{[^}]*}", "{}");
  }

  /** Reader of a fault from its JSON object on the command line. */
  public static final class FromJson implements CommandLine.ITypeConverter<PlantedFault> {
    @Override
    public PlantedFault convert(String value) throws JsonProcessingException {
      // Created only here, since a backend without faults then starts sooner.
      return new ObjectMapper().readValue(value, PlantedFault.class);
    }
  }
}
