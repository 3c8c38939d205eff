package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.injection.PlannedPhases;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.Locale;

/** What a simulated run knows of itself: as a real one, but for its machine. */
public record SimulatedFacts(KcpConfig config, String test, TrafficMix mix, Plan plan, long seed) {
  public RunMetadata startingAt(long startedAtMs) {
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
        .test(test, "kcp-" + test + "-simulated-" + seed, seed)
        .against(config.environment().name(), config.environment().startsBackend())
        .load(mix.workload(), plan.model().name().toLowerCase(Locale.ROOT))
        .scaled(config.run().timeScale(), config.run().loadScale())
        .injector(config.injector().index(), config.injector().count())
        .on("17", "simulated", "simulated with seed " + seed)
        .build();
  }
}
