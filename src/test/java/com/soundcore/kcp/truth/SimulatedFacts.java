package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Model;
import com.soundcore.kcp.config.Stage;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunFacts.Phase;
import com.soundcore.kcp.result.RunSetup;
import com.soundcore.kcp.workload.Mix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a simulated run knows of itself: as a real one, but for its machine. */
record SimulatedFacts(KcpConfig config, String test, Mix mix, Plan plan, long seed) {
  RunFacts startingAt(long startedAtMs) {
    return new RunFacts(
        setup(),
        operations(),
        phases(),
        startedAtMs,
        plan.model() == Model.OPEN ? plan.totalArrivals(plan.share()) : 0,
        RunFacts.End.NOT_YET);
  }

  private RunSetup setup() {
    return new RunSetup(
        test,
        "kcp-" + test + "-simulated-" + seed,
        config.environment().name(),
        config.environment().startsBackend(),
        mix.workload(),
        plan.model().name().toLowerCase(Locale.ROOT),
        seed,
        config.run().timeScale(),
        config.run().loadScale(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        config.injector().index(),
        config.injector().count(),
        "17",
        "simulated",
        "simulated with seed " + seed);
  }

  private Map<String, List<String>> operations() {
    Map<String, List<String>> operations = new LinkedHashMap<>();
    for (Mix.Part part : mix.parts()) {
      operations.put(part.service().name(), List.copyOf(part.operations()));
    }
    return operations;
  }

  private List<Phase> phases() {
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
    for (Mix.Part part : mix.parts()) {
      String service = part.service().name();
      rates.put(service, plan.requestsPerSecAfter(stage, service) / plan.share().count());
    }
    return rates;
  }
}
