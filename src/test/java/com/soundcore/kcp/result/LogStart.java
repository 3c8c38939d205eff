package com.soundcore.kcp.result;

import com.soundcore.kcp.run.SteadyState;
import java.nio.file.Path;
import java.util.List;

/**
 * The start of a log.
 *
 * @param startMs start of Gatling in ms since the epoch
 * @param firstUserMs start of the first user in ms after that; -1 without users
 */
record LogStart(long startMs, int firstUserMs) {
  static LogStart of(Path log) {
    int[] first = {-1};
    LogVisitor visitor =
        new LogVisitor() {
          @Override
          public void user(int scenario, boolean start, int atMs) {
            first[0] = first[0] < 0 ? atMs : first[0];
          }

          @Override
          public void request(int group, int name, int from, int to, boolean ok, int message) {
            // a request follows the start of its user
          }
        };
    try (LogReader reader = LogReader.open(log)) {
      while (first[0] < 0 && reader.next(visitor)) {
        // reads until the first user
      }
      return new LogStart(reader.header().startMs(), first[0]);
    }
  }

  /** Returns the common start of the load in ms since the epoch: that of the merged log. */
  static long first(List<LogStart> logs) {
    long start = logs.stream().mapToLong(LogStart::startMs).min().orElseThrow();
    long firstUser =
        logs.stream()
            .filter(log -> log.firstUserMs >= 0)
            .mapToLong(log -> log.startMs + log.firstUserMs)
            .min()
            .orElse(start);
    return start + SteadyState.originMs((int) Math.min(Integer.MAX_VALUE, firstUser - start));
  }
}
