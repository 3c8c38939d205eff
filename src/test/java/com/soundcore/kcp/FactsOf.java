package com.soundcore.kcp;

import com.soundcore.kcp.config.Alterations;
import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Model;
import com.soundcore.kcp.config.Operation;
import com.soundcore.kcp.config.Stage;
import com.soundcore.kcp.config.TestShape;
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
import java.util.Set;
import java.util.stream.Collectors;

/** A run's configuration and plan as the facts that are kept beside its log. */
record FactsOf(
    KcpConfig config, TestShape test, Mix mix, Plan plan, String simulation, String tag) {
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
        test.name(),
        tag,
        config.environment().name(),
        config.environment().startsBackend(),
        mix.workload(),
        plan.model().name().toLowerCase(Locale.ROOT),
        config.run().seed(),
        config.run().timeScale(),
        config.run().loadScale(),
        altered(),
        partial(),
        withoutCostly(),
        faults(),
        config.injector().index(),
        config.injector().count(),
        System.getProperty("java.version"),
        machine(),
        repeat());
  }

  private List<String> altered() {
    return Alterations.in(System.getProperties());
  }

  private List<String> partial() {
    List<String> partial = new ArrayList<>();
    List<String> asked = mix.parts().stream().map(part -> part.service().name()).toList();
    Set<String> all = config.workloads().get(test.workload()).journeys().keySet();
    if (!asked.containsAll(all)) {
      partial.add(
          "only %s of %s; says nothing of the others, nor of all together"
              .formatted(String.join(", ", asked), String.join(", ", all)));
    }
    if (!mix.workload().equals(test.workload())) {
      partial.add("workload %s in place of %s".formatted(mix.workload(), test.workload()));
    }
    return partial;
  }

  /** Operations that the workload would call, were they not costly. */
  private List<String> withoutCostly() {
    if (config.run().includeCostly()) {
      return List.of();
    }
    return mix.parts().stream()
        .flatMap(part -> part.service().operations().values().stream())
        .filter(Operation::costly)
        .map(Operation::fullName)
        .toList();
  }

  /** Only the embedded backend can have any. */
  private List<String> faults() {
    return config.environment().startsBackend()
        ? config.backend().faults().stream().map(Fault::text).toList()
        : List.of();
  }

  private static String machine() {
    return "%d cores, %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  /** The command that asks for the same again. Secrets are no properties, so none is in it. */
  private String repeat() {
    String properties =
        System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith("kcp.") && !name.equals("kcp.stop-with-parent"))
            .sorted()
            .map(name -> " -D" + name + "=" + System.getProperty(name))
            .collect(Collectors.joining());
    return "mvn gatling:test -Dgatling.simulationClass=" + simulation + properties;
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
