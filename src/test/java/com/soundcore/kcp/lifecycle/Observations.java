package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.workload.TrafficMix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The preflight's observations of the system, compared with the plan. */
record Observations(KcpConfig config, Plan plan, TrafficMix mix) {
  /** A larger clock offset becomes a caveat, because timestamps in logs will not match. */
  private static final Duration CLOCK = Duration.ofMinutes(1);

  private static final String WARM_CONNECTIONS =
      "WARM CONNECTIONS: all users share connections that stay open; clients that connect anew"
          + " would pay for each (TCP, TLS): kcp.sessions.churn,"
          + " kcp.sessions.shared-connections=false";

  ObservedSystem of(Preflight.Found found, Optional<Long> clockOffsetMs) {
    List<String> caveats = new ArrayList<>(found.caveats());
    for (TrafficMix.Part part : mix.parts()) {
      String service = part.service().name();
      Optional.ofNullable(found.limits().get(service))
          .flatMap(limit -> limit.against(service, peak(service)))
          .ifPresent(caveats::add);
    }
    if (!config.environment().startsBackend()
        && config.sessions().sharedConnections()
        && config.sessions().churn() == 0) {
      caveats.add(WARM_CONNECTIONS);
    }
    clockOffsetMs
        .map(Duration::ofMillis)
        .filter(offset -> offset.abs().compareTo(CLOCK) > 0)
        .ifPresent(offset -> caveats.add(clock(offset)));
    return new ObservedSystem(
        config.run().build(), found.builds(), found.rows(), caveats, config.run().note());
  }

  private double peak(String service) {
    double peak = 0;
    for (int i = 0; i < plan.stages().size(); i++) {
      peak = Math.max(peak, plan.requestsPerSecAfter(i, service));
    }
    return peak;
  }

  private static String clock(Duration offset) {
    return "CLOCK: the system's clock is %s %s this machine's; its logs show other times"
        .formatted(
            Units.text(Duration.ofSeconds(offset.abs().toSeconds())),
            offset.isNegative() ? "behind" : "ahead of");
  }
}
