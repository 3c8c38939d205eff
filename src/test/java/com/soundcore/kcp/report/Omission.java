package com.soundcore.kcp.report;

import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.run.RunMetadata;

/**
 * The calls that a user of the closed model would have made while it waited for a slow answer
 * (coordinated omission): HdrHistogram adds them by the interval that is expected between the calls
 * of a user.
 *
 * @param expectedIntervalMs 0 where nothing is omitted: the open model waits for nobody
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

  /** A percentile in ms with the calls that were not made; null where none were left out. */
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
