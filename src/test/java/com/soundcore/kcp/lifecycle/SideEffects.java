package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An estimate of what a run will leave in the system. */
record SideEffects(Plan plan, TrafficMix mix) {
  /** Returns the expected number of rows that the plan creates. */
  double rows() {
    double rows = 0;
    for (TrafficMix.Part part : mix.parts()) {
      double requests = plan.plannedRequests(part.service().name(), plan.share());
      for (String name : part.operations()) {
        if (part.service().operations().get(name).creates()) {
          rows += requests * part.callsPerStart(name) / part.requestsPerStart();
        }
      }
    }
    return rows;
  }

  /**
   * Returns a line such as "about 27,000 × a view count (knowledge / get)" for each operation with
   * a side effect.
   */
  List<String> inWords() {
    List<String> effects = new ArrayList<>();
    for (TrafficMix.Part part : mix.parts()) {
      double requests = plan.plannedRequests(part.service().name(), plan.share());
      for (String name : part.operations()) {
        Operation operation = part.service().operations().get(name);
        double calls = requests * part.callsPerStart(name) / part.requestsPerStart();
        operation
            .effect()
            .filter(effect -> calls >= 1)
            .ifPresent(
                effect ->
                    effects.add(
                        String.format(
                            Locale.ROOT,
                            "about %,.0f × %s (%s)",
                            calls,
                            effect,
                            operation.fullName())));
      }
    }
    return effects;
  }
}
