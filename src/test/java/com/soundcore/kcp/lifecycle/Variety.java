package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.workload.DrawnCall;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many different questions the load asks in a minute: a system that caches answers the same
 * question again from its cache.
 *
 * @param feeders draw as the run's own do, and are not those: what they draw is not sent
 */
record Variety(Plan plan, TrafficMix mix, Map<String, ServiceFeeder> feeders) {
  private static final int SECONDS = 60;
  // Of one operation; more would only take time before the load.
  private static final int MOST_DRAWN = 20_000;

  /** A sentence for each service, at the highest rate of the plan. */
  List<String> inWords() {
    List<String> sentences = new ArrayList<>();
    for (TrafficMix.Part part : mix.parts()) {
      String service = part.service().name();
      double calls = peak(service) * SECONDS;
      Set<String> different = new HashSet<>();
      boolean all = true;
      for (String operation : part.operations()) {
        double share = part.callsPerStart(operation) / part.requestsPerStart();
        long drawn = Math.min(MOST_DRAWN, Math.round(calls * share));
        long lastNew = 0;
        for (long i = 0; i < drawn; i++) {
          DrawnCall call = feeders.get(service).next(operation);
          lastNew = different.add(operation + ' ' + call.url() + ' ' + call.body()) ? i : lastNew;
        }
        // Where the second half brought nothing new, more would not either.
        all &= drawn < MOST_DRAWN || lastNew < drawn / 2;
      }
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s: %s%,d different questions in %,.0f calls a minute",
              service,
              all ? "" : "at least ",
              different.size(),
              calls));
    }
    return sentences;
  }

  private double peak(String service) {
    double peak = 0;
    for (int stage = 0; stage < plan.stages().size(); stage++) {
      peak = Math.max(peak, plan.requestsPerSecAfter(stage, service));
    }
    return peak;
  }
}
