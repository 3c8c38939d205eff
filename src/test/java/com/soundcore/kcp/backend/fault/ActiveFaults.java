package com.soundcore.kcp.backend.fault;

import com.soundcore.kcp.backend.http.Action;
import com.soundcore.kcp.backend.http.ConnectionPool;
import com.soundcore.kcp.backend.http.LoadClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** The faults of a service, or of one of its routes. */
public final class ActiveFaults {
  private final Map<PlantedFault, FaultEffect> effects;
  private final LoadClock clock;

  private ActiveFaults(Map<PlantedFault, FaultEffect> effects, LoadClock clock) {
    this.effects = effects;
    this.clock = clock;
  }

  public static ActiveFaults in(String service, List<PlantedFault> faults, LoadClock clock) {
    Map<PlantedFault, FaultEffect> effects = new LinkedHashMap<>();
    faults.stream()
        .filter(fault -> fault.service().equals(service))
        .forEach(fault -> effects.put(fault, FaultEffects.of(fault)));
    return new ActiveFaults(effects, clock);
  }

  /** Returns the faults of a route. Their effects share their state with those of other routes. */
  public ActiveFaults on(String route) {
    Map<PlantedFault, FaultEffect> some = new LinkedHashMap<>();
    effects.forEach(
        (fault, effect) -> {
          if (fault.concerns(route)) {
            some.put(fault, effect);
          }
        });
    return new ActiveFaults(some, clock);
  }

  public boolean isActive() {
    return !effects.isEmpty() && !active().isEmpty();
  }

  public Action connected(Action action) {
    Action spoilt = action;
    for (FaultEffect effect : active()) {
      spoilt = effect.connected(spoilt);
    }
    return spoilt;
  }

  public Action whole(Action action) {
    Action spoilt = action;
    for (FaultEffect effect : active()) {
      spoilt = effect.whole(spoilt);
    }
    return spoilt;
  }

  /** Returns the pool for which calls wait: the service's own or a planted one. */
  public ConnectionPool pool(ConnectionPool own) {
    return active().stream()
        .filter(FaultEffects.SmallPool.class::isInstance)
        .map(effect -> ((FaultEffects.SmallPool) effect).pool())
        .findFirst()
        .orElse(own);
  }

  /** Returns the number of instances, if autoscaling is planted. */
  public Optional<IntSupplier> instances() {
    return effects.values().stream()
        .filter(Autoscaling.class::isInstance)
        .map(effect -> (IntSupplier) ((Autoscaling) effect)::instances)
        .findFirst();
  }

  private List<FaultEffect> active() {
    long now = clock.millis();
    return effects.entrySet().stream()
        .filter(entry -> entry.getKey().isActive(now))
        .map(Map.Entry::getValue)
        .toList();
  }
}
