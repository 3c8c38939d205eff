package com.soundcore.kcp.backend.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine;

/**
 * Something planted.
 *
 * @param service whose answers it spoils
 * @param kind what it does, such as "slow"
 * @param route only this one, such as "GET /api/v1/knowledge/{}"; empty for all of them
 * @param fromMs after the start of the load
 * @param toMs after the start of the load
 * @param delayMs that an answer takes longer, or that it works
 * @param share of the answers, from 0 to 1
 * @param size connections, or bytes
 * @param rate requests or bytes per second
 * @param lastingMs how long something goes on, or is waited for
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

  /** The same of another kind. */
  public PlantedFault as(String other) {
    return new PlantedFault(
        service, other, route, fromMs, toMs, delayMs, share, size, rate, lastingMs);
  }

  /** Whether it concerns a route. */
  boolean concerns(String aRoute) {
    return route.isEmpty() || route.equals(general(aRoute));
  }

  boolean isActive(long loadMs) {
    return loadMs >= fromMs && loadMs < toMs;
  }

  /** A route whatever its parameters are called. */
  private static String general(String route) {
    return route.replaceAll("\\{[^}]*}", "{}");
  }

  /** Reads one from the command line, where it is an object of JSON. */
  public static final class FromJson implements CommandLine.ITypeConverter<PlantedFault> {
    @Override
    public PlantedFault convert(String value) throws JsonProcessingException {
      // Made here: a backend without faults starts sooner.
      return new ObjectMapper().readValue(value, PlantedFault.class);
    }
  }
}
