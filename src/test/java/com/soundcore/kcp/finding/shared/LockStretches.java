package com.soundcore.kcp.finding.shared;

import com.soundcore.kcp.run.DatabaseSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Stretches in which a service waited for locks although its figures as a whole stayed fine: a lock
 * on a table that few calls need does not move the p95 of all of them.
 */
final class LockStretches {
  private static final int SHORTEST = 8;
  private static final int FEWEST_BEFORE = 5;
  private static final double LONG_SECONDS = 0.2;
  private static final double MOST = 0.5;

  private LockStretches() {}

  /** One for each of the services that had one; none where clients are not called like services. */
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

  /** For long: rows that many calls write to are waited for now and then in a sound system. */
  private static boolean waits(DatabaseSample sample, String service) {
    return sample.waits().stream()
        .anyMatch(
            wait -> DatabaseActivity.is(wait.waiter(), service) && wait.seconds() >= LONG_SECONDS);
  }
}
