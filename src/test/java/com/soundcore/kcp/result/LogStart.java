package com.soundcore.kcp.result;

import com.soundcore.kcp.run.SteadyState;
import java.nio.file.Path;
import java.util.List;

/**
 * How a log begins.
 *
 * @param startMs when Gatling started, since the epoch
 * @param firstUserMs when the first user set out, since then; -1 where none did
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
            // users set out first
          }
        };
    try (LogReader reader = LogReader.open(log)) {
      while (first[0] < 0 && reader.next(visitor)) {
        // the first user is near
      }
      return new LogStart(reader.header().startMs(), first[0]);
    }
  }

  /** When the load of several began together, since the epoch: as one log of all of them says. */
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
