package com.soundcore.kcp.live.calls;

import com.soundcore.kcp.live.calls.Recorder.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Counts of calls, and their response times, over a period.
 *
 * @param sent calls
 * @param answered calls that finished
 * @param failed calls among these
 * @param p50Ms absent if no call finished, like the other percentiles
 */
public record Figures(long sent, long answered, long failed, Long p50Ms, Long p95Ms, Long p99Ms) {
  /** The name for all services together. */
  public static final String ALL = "";

  /** No calls. */
  public static final Figures NONE = new Figures(0, 0, 0, null, null, null);

  private static final int DIGITS = 3;

  /** The sum under one name. */
  private static final class Sum {
    private final Histogram times = new Histogram(DIGITS);
    private long sent;
    private long failed;

    void add(Histogram more, long calls, long failures) {
      if (more.getTotalCount() > 0) {
        times.add(more);
      }
      sent += calls;
      failed += failures;
    }

    Figures figures() {
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

  /** Sums the intervals by "service / operation", by service, and for {@link #ALL}. */
  public static Map<String, Figures> of(List<Interval> intervals) {
    Map<String, Sum> sums = new HashMap<>();
    Map<String, Figures> figures = new HashMap<>();
    for (Interval interval : intervals) {
      Sum operation = new Sum();
      long failures = interval.failed().getTotalCount();
      operation.add(interval.ok(), interval.sent(), 0);
      operation.add(interval.failed(), 0, failures);
      figures.put(interval.operation().fullName(), operation.figures());
      sums.computeIfAbsent(interval.operation().service(), service -> new Sum())
          .add(operation.times, interval.sent(), failures);
    }
    Sum all = new Sum();
    sums.forEach(
        (service, sum) -> {
          figures.put(service, sum.figures());
          all.add(sum.times, sum.sent, sum.failed);
        });
    figures.put(ALL, all.figures());
    return figures;
  }
}
