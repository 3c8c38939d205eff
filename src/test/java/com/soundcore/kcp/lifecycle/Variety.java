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
 * The number of different requests in a minute of load. A caching system serves repeated requests
 * from its cache.
 *
 * @param feeders separate copies of the run's feeders; values drawn here are not sent
 */
record Variety(Plan plan, TrafficMix mix, Map<String, ServiceFeeder> feeders) {
  private static final int SECONDS = 60;
  // Per operation. More would only delay the load.
  private static final int MOST_DRAWN = 20_000;

  /** Returns a sentence for each service, at the plan's peak rate. */
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
        // If the second half brought nothing new, more draws would not either.
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
