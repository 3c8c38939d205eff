package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Stage;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stages of a plan as the phases of a run, with the planned load of each.
 *
 * @param plan the load
 * @param mix the workload that the load consists of
 */
public record PlannedPhases(Plan plan, TrafficMix mix) {
  /** Returns this injector's share of all phases, in order. */
  public List<Phase> all() {
    List<Phase> phases = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < plan.stages().size(); i++) {
      Stage stage = plan.stages().get(i);
      int end = start + (int) stage.duration().toSeconds();
      phases.add(
          new Phase(stage.name(), start, end, stage.isHold(), users(end), arrivals(i), rates(i)));
      start = end;
    }
    return phases;
  }

  private long users(int end) {
    return plan.model() == Model.CLOSED ? plan.usersAt(end - 1L, plan.share()) : 0;
  }

  private long arrivals(int stage) {
    if (plan.model() == Model.CLOSED) {
      return 0;
    }
    return mix.parts().stream()
        .mapToLong(part -> plan.arrivals(part.service().name(), stage, plan.share()))
        .sum();
  }

  private Map<String, Double> rates(int stage) {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (TrafficMix.Part part : mix.parts()) {
      String service = part.service().name();
      rates.put(service, plan.requestsPerSecAfter(stage, service) / plan.share().count());
    }
    return rates;
  }
}
