package com.soundcore.kcp.finding.shared;

import com.soundcore.kcp.run.DatabaseSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Stretches in which a service waited for locks although its metrics as a whole stayed fine: a lock
 * on a table that few calls need does not move the p95 of all calls.
 */
final class LockStretches {
  private static final int SHORTEST = 8;
  private static final int FEWEST_BEFORE = 5;
  private static final double LONG_SECONDS = 0.2;
  private static final double MOST = 0.5;

  private LockStretches() {}

  /**
   * Returns a stretch for each service that had one; empty if clients do not have the names of
   * services.
   */
  static List<Degradation> of(Collection<String> services, DatabaseActivity database) {
    List<Degradation> stretches = new ArrayList<>();
    for (String service : services) {
      List<DatabaseSample> all = database.samples();
      List<DatabaseSample> waiting = all.stream().filter(sample -> waits(sample, service)).toList();
      if (waiting.isEmpty()) {
        continue;
      }
      double first = waiting.get(0).second();
      double last = waiting.get(waiting.size() - 1).second();
      long before = all.stream().filter(sample -> sample.second() < first).count();
      long between =
          all.stream()
              .filter(sample -> sample.second() >= first && sample.second() <= last)
              .count();
      if (before >= FEWEST_BEFORE && last - first >= SHORTEST && waiting.size() >= MOST * between) {
        stretches.add(new Degradation(service, (int) first - 1, (int) last, Map.of()));
      }
    }
    return stretches;
  }

  /**
   * Only long waits count: in a healthy system, calls sometimes wait for rows that many calls write
   * to.
   */
  private static boolean waits(DatabaseSample sample, String service) {
    return sample.waits().stream()
        .anyMatch(
            wait -> DatabaseActivity.is(wait.waiter(), service) && wait.seconds() >= LONG_SECONDS);
  }
}
