package com.soundcore.kcp.injection;

import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.verdict.level.LevelRule;
import java.util.Map;

/**
 * Signals before a level ends: a queue that grows without bound, or calm after one.
 *
 * @param rule the rule that judges the level
 * @param counts the calls so far
 * @param ceiling the rates of the highest level, by service
 */
record SearchSignals(LevelRule rule, CallCounts counts, Map<String, Double> ceiling) {
  private static final int FEW = 20;
  private static final int QUIET_SECONDS = 2;
  // Without calls, nothing can be slow.
  private static final int QUIET_CALLS = 5;

  /** Returns whether any service's queue holds more than two seconds of its calls. */
  boolean collapse(int second, double share) {
    return ceiling.entrySet().stream()
        .anyMatch(
            entry -> waiting(entry.getKey(), second) > Math.max(FEW, 2 * entry.getValue() * share));
  }

  /**
   * Returns whether the backlog has drained and each service's latest responses are fast and
   * correct.
   */
  boolean isQuiet(int second, int since) {
    return ceiling.keySet().stream().allMatch(service -> isQuiet(service, second, since));
  }

  private boolean isQuiet(String service, int second, int since) {
    long limit = rule.targets().get(service).p95().toMillis();
    int over = second - (int) Math.ceil(limit / 1000.0);
    long calls = 0;
    for (int at = over; at > since; at--) {
      calls += counts.started(service, at);
      if (counts.slow(service, at) > 0 || counts.failed(service, at) > 0) {
        return false;
      }
      if (over - at + 1 >= QUIET_SECONDS && calls >= QUIET_CALLS) {
        return true;
      }
    }
    return false;
  }

  private long waiting(String service, int second) {
    long waiting = 0;
    for (int at = 0; at <= second; at++) {
      waiting += counts.started(service, at) - counts.ended(service, at);
    }
    return waiting;
  }
}
