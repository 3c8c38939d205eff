package com.soundcore.kcp.config.services;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A sequence of calls to one service.
 *
 * @param name such as "search-intensive"
 * @param service the called service
 * @param steps the steps in order
 */
public record Journey(String name, String service, List<Step> steps) {

  /** A step of a journey. */
  public sealed interface Step {}

  /** A call of one operation. */
  public record Call(String operation) implements Step {}

  /** A call of one of these operations, drawn by weight. */
  public record OneOf(Map<String, Integer> weights) implements Step {}

  /** A call of the operation that the service's feeder draws. */
  public record FromFeeder() implements Step {}

  /** A think time within the journey. */
  public record Pause(Duration duration) implements Step {}

  public int requests() {
    return (int) steps.stream().filter(step -> !(step instanceof Pause)).count();
  }

  public Duration pauses() {
    return steps.stream()
        .map(step -> step instanceof Pause pause ? pause.duration() : Duration.ZERO)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
