package com.soundcore.kcp.config.services;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Calls of one service that belong together.
 *
 * @param name such as "search-intensive"
 * @param service whose calls they are
 * @param steps one after the other
 */
public record Journey(String name, String service, List<Step> steps) {

  /** A part of a journey. */
  public sealed interface Step {}

  /** That operation. */
  public record Call(String operation) implements Step {}

  /** One of these operations, by weight. */
  public record OneOf(Map<String, Integer> weights) implements Step {}

  /** Whatever the service's feeder draws. */
  public record FromFeeder() implements Step {}

  /** Thinking within the journey. */
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
