package com.soundcore.kcp.live;

import com.soundcore.kcp.live.Recorder.Interval;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Calls and their times over some stretch.
 *
 * @param sent calls
 * @param answered those that have ended
 * @param failed of these
 * @param p50Ms absent where there were none, as are the others
 */
record Figures(long sent, long answered, long failed, Long p50Ms, Long p95Ms, Long p99Ms) {
  private static final int DIGITS = 3;

  static Figures of(List<Interval> intervals) {
    Histogram times = new Histogram(DIGITS);
    long sent = 0;
    long failed = 0;
    for (Interval interval : intervals) {
      times.add(interval.ok());
      times.add(interval.failed());
      sent += interval.sent();
      failed += interval.failed().getTotalCount();
    }
    boolean some = times.getTotalCount() > 0;
    return new Figures(
        sent,
        times.getTotalCount(),
        failed,
        some ? times.getValueAtPercentile(50) : null,
        some ? times.getValueAtPercentile(95) : null,
        some ? times.getValueAtPercentile(99) : null);
  }
}
