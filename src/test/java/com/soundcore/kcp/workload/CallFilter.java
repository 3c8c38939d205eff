package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.services.Journey.Call;
import com.soundcore.kcp.config.services.Journey.FromFeeder;
import com.soundcore.kcp.config.services.Journey.OneOf;
import com.soundcore.kcp.config.services.Journey.Pause;
import com.soundcore.kcp.config.services.Journey.Step;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A filter for forbidden calls: they cost money, or would create rows in production. */
record CallFilter(Predicate<Operation> leftOut) {

  /** Returns the permitted part of a journey; empty if no call remains. */
  Optional<Journey> part(Journey journey, Service service) {
    List<Step> steps =
        journey.steps().stream().map(step -> part(step, service)).filter(Objects::nonNull).toList();
    Journey left = new Journey(journey.name(), journey.service(), steps);
    return left.requests() == 0 ? Optional.empty() : Optional.of(left);
  }

  private Step part(Step step, Service service) {
    if (step instanceof Call call) {
      return allowed(service, call.operation()) ? call : null;
    }
    if (step instanceof OneOf oneOf) {
      return part(oneOf.weights(), service);
    }
    if (step instanceof FromFeeder) {
      return part(service.feeder().weights(), service);
    }
    return (Pause) step;
  }

  private OneOf part(Map<String, Integer> weights, Service service) {
    Map<String, Integer> left = new TreeMap<>(weights);
    left.keySet().removeIf(name -> !allowed(service, name));
    return left.isEmpty() ? null : new OneOf(left);
  }

  private boolean allowed(Service service, String operation) {
    return !leftOut.test(service.operations().get(operation));
  }
}
