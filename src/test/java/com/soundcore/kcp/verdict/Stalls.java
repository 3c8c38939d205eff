package com.soundcore.kcp.verdict;

import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.statistics.Medians;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Seconds in which a service stopped answering although calls were waiting. A short freeze moves no
 * percentile of a long hold. In the closed model its calls are never even sent (coordinated
 * omission, G. Tene).
 */
final class Stalls {
  private static final double HALF = 0.5;
  private static final double QUARTER = 0.25;

  private Stalls() {}

  /** Returns the shortest hold, in seconds, that has a usual rate to compare with. */
  static int shortestHold(GateOptions options) {
    return 2 * (int) options.rateWindow().toSeconds();
  }

  /** Finds the stalled seconds of a hold, including its first and last seconds. */
  static TreeSet<Integer> in(RunModel run, String subject, Hold hold, GateOptions options) {
    Timeline timeline =
        subject.equals(LatencyLimits.ALL) ? run.timeline() : run.timelines().get(subject);
    TreeSet<Integer> stalled = new TreeSet<>();
    int window = (int) options.rateWindow().toSeconds();
    if (timeline == null || hold.seconds() < shortestHold(options)) {
      return stalled;
    }
    long[] waiting = waiting(timeline, hold);
    int windows = hold.seconds() - window + 1;
    long[] answers = new long[windows];
    for (int i = 0; i < windows; i++) {
      answers[i] = ended(timeline, hold.from() + i, window);
    }
    double usual = median(answers);
    double usuallyWaiting = median(waiting);
    for (int i = 0; i < windows; i++) {
      double missing = usual - answers[i];
      long wait = waiting[i + window];
      boolean piledUp = wait > 2 * usuallyWaiting + 2 && wait >= QUARTER * missing;
      if (answers[i] < HALF * usual && piledUp) {
        add(stalled, hold.from() + i, window);
      }
    }
    silence(timeline, hold, waiting, window + 1, stalled);
    return stalled;
  }

  /**
   * Adds seconds without any answer although a call was waiting. The usual rate of a rare service
   * does not show them.
   */
  private static void silence(
      Timeline timeline, Hold hold, long[] waiting, int length, TreeSet<Integer> stalled) {
    if (median(medians(timeline, hold)) >= 1000.0) {
      return;
    }
    for (int i = 0; i + length <= hold.seconds(); i++) {
      if (waiting[i] > 0 && ended(timeline, hold.from() + i, length) == 0) {
        add(stalled, hold.from() + i, length);
      }
    }
  }

  private static long[] medians(Timeline timeline, Hold hold) {
    return timeline.seconds().stream()
        .filter(second -> second.second() >= hold.from() && second.second() < hold.to())
        .filter(second -> second.started() > 0)
        .mapToLong(Timeline.Second::p50Ms)
        .toArray();
  }

  /** Returns the calls in flight at the start of each second of the hold and at its end. */
  private static long[] waiting(Timeline timeline, Hold hold) {
    long before = 0;
    for (int second = 0; second < hold.from(); second++) {
      before += timeline.started(second) - timeline.ended(second);
    }
    long[] waiting = new long[hold.seconds() + 1];
    waiting[0] = before;
    for (int i = 1; i < waiting.length; i++) {
      int second = hold.from() + i - 1;
      waiting[i] = waiting[i - 1] + timeline.started(second) - timeline.ended(second);
    }
    return waiting;
  }

  private static long ended(Timeline timeline, int from, int length) {
    long ended = 0;
    for (int second = from; second < from + length; second++) {
      ended += timeline.ended(second);
    }
    return ended;
  }

  private static void add(TreeSet<Integer> stalled, int from, int length) {
    for (int second = from; second < from + length; second++) {
      stalled.add(second);
    }
  }

  private static double median(long[] values) {
    return Medians.of(Arrays.stream(values).asDoubleStream().toArray());
  }
}
