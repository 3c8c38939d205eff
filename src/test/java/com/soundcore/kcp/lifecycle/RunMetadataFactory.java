package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.files.ConfigFiles;
import com.soundcore.kcp.config.read.Caveats;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.EventLoops;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.injection.PlannedPhases;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A factory of a run's facts from its configuration and plan. */
record RunMetadataFactory(
    KcpConfig config,
    TestShape test,
    TrafficMix mix,
    Plan plan,
    String simulation,
    String tag,
    ObservedSystem system) {
  private static final String SEED = "kcp.seed";

  /** Returns a copy with the system that the preflight observed. */
  RunMetadataFactory of(ObservedSystem seen) {
    return new RunMetadataFactory(config, test, mix, plan, simulation, tag, seen);
  }

  RunMetadata startingAt(long startedAtMs) {
    return new RunMetadata(
            setup(),
            mix.operations(),
            new PlannedPhases(plan, mix).all(),
            startedAtMs,
            plan.model() == Model.OPEN ? plan.totalArrivals(plan.share()) : 0,
            RunEnd.NOT_YET)
        .withShares(mix.shares());
  }

  private RunSetup setup() {
    return RunSetup.builder()
        .test(test.name(), tag, config.run().seed())
        .against(config.environment().name(), config.environment().startsBackend())
        .load(mix.workload(), plan.model().name().toLowerCase(Locale.ROOT))
        .scaled(config.run().timeScale(), config.run().loadScale())
        .altered(altered())
        .leftOut(partial(), withoutCostly())
        .faults(faults())
        .injector(config.injector().index(), config.injector().count())
        .on(System.getProperty("java.version"), machine(), repeat())
        .system(system)
        .files(ConfigFiles.digests(config.environment().name()))
        .build();
  }

  private List<String> altered() {
    return Caveats.in(System.getProperties());
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
    List<String> creating =
        mix.parts().stream()
            .flatMap(part -> part.service().operations().values().stream())
            .filter(operation -> operation.creates() && !config.mayCreateRows())
            .map(Operation::fullName)
            .toList();
    if (!creating.isEmpty()) {
      partial.add(
          "no rows are created in production (kcp.environment.creates-rows): without %s"
              .formatted(String.join(", ", creating)));
    }
    return partial;
  }

  /** Returns the operations that are omitted only because they are costly. */
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

  /** Only the embedded backend can have planted faults. */
  private List<String> faults() {
    return config.environment().startsBackend()
        ? config.backend().faults().stream().map(Fault::text).toList()
        : List.of();
  }

  private static String machine() {
    int cores = Runtime.getRuntime().availableProcessors();
    int loops = EventLoops.count();
    return "%d cores%s, %s %s"
        .formatted(
            cores,
            loops == EventLoops.forCores(cores) ? "" : " (%d event loops)".formatted(loops),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  /**
   * Returns the command that repeats this run. It contains no secrets, because they are not
   * properties.
   */
  private String repeat() {
    String properties =
        System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith("kcp."))
            .filter(name -> !List.of("kcp.stop-with-parent", SEED).contains(name))
            .sorted()
            .map(name -> "-D" + name + "=" + shown(name) + " ")
            .collect(Collectors.joining());
    // If the seed was "date", only its number repeats the run.
    return SuiteCommand.run(simulation, properties + "-D" + SEED + "=" + config.run().seed());
  }

  private static String shown(String property) {
    return Caveats.isSecret(property) ? "(secret)" : quoted(System.getProperty(property));
  }

  private static String quoted(String value) {
    return value.matches("[\\w./:,%+-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
