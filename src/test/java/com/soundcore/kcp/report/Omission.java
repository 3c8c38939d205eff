package com.soundcore.kcp.report;

import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.run.RunMetadata;

/**
 * The calls that a user of the closed model omitted while it waited for a slow response
 * (coordinated omission). HdrHistogram adds them from the expected interval between a user's calls.
 *
 * @param expectedIntervalMs in ms; 0 in the open model, where no call is omitted
 */
record Omission(long expectedIntervalMs) {
  static final Omission NONE = new Omission(0);

  static Omission of(RunMetadata facts) {
    if (!facts.hasPlan() || facts.isOpen()) {
      return NONE;
    }
    return facts.phases().stream()
        .filter(phase -> phase.hold() && phase.totalRps() > 0 && phase.users() > 0)
        .findFirst()
        .map(phase -> new Omission(Math.round(1000.0 * phase.users() / phase.totalRps())))
        .orElse(NONE);
  }

  /** Returns a percentile in ms with the omitted calls; null if no calls can be omitted. */
  Long corrected(Stats stats, Percentile percentile) {
    return expectedIntervalMs == 0
        ? null
        : Long.valueOf(
            stats
                .histogram()
                .copyCorrectedForCoordinatedOmission(expectedIntervalMs)
                .getValueAtPercentile(percentile.value()));
  }
}
