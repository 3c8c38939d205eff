package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.ServiceServer.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The faults of a service, or those of one of its routes. */
final class Planted {
  private final Map<Fault, Effect> effects;
  private final LoadClock clock;

  private Planted(Map<Fault, Effect> effects, LoadClock clock) {
    this.effects = effects;
    this.clock = clock;
  }

  static Planted in(String service, List<Fault> faults, LoadClock clock) {
    Map<Fault, Effect> effects = new LinkedHashMap<>();
    faults.stream()
        .filter(fault -> fault.service().equals(service))
        .forEach(fault -> effects.put(fault, Effects.of(fault)));
    return new Planted(effects, clock);
  }

  /** Those that concern a route; what they keep they share. */
  Planted on(String route) {
    Map<Fault, Effect> some = new LinkedHashMap<>();
    effects.forEach(
        (fault, effect) -> {
          if (fault.concerns(route)) {
            some.put(fault, effect);
          }
        });
    return new Planted(some, clock);
  }

  boolean isActive() {
    return !effects.isEmpty() && !active().isEmpty();
  }

  Action connected(Action action) {
    Action spoilt = action;
    for (Effect effect : active()) {
      spoilt = effect.connected(spoilt);
    }
    return spoilt;
  }

  Action whole(Action action) {
    Action spoilt = action;
    for (Effect effect : active()) {
      spoilt = effect.whole(spoilt);
    }
    return spoilt;
  }

  /** The pool that calls wait for: the service's, or one that was planted. */
  ConnectionPool pool(ConnectionPool own) {
    return active().stream()
        .filter(Effects.SmallPool.class::isInstance)
        .map(effect -> ((Effects.SmallPool) effect).pool())
        .findFirst()
        .orElse(own);
  }

  private List<Effect> active() {
    long now = clock.millis();
    return effects.entrySet().stream()
        .filter(entry -> entry.getKey().isActive(now))
        .map(Map.Entry::getValue)
        .toList();
  }
}
