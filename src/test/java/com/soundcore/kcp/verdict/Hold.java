package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.clock;

import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A period of a run that is judged by itself: a hold, a ramp (errors only), or the whole run.
 *
 * @param name for sentences, such as " in hold 200 (9:00 to 14:00)"; empty if there is only one
 * @param suffix of the gates' ids; empty if there is only one
 * @param from first second
 * @param to first second after it
 * @param steadyFrom first second in which latency counts; in a ramp equal to {@code to}, so never
 */
public record Hold(String name, String suffix, int from, int to, int steadyFrom) {
  /** Returns the holds of a plan in order, without those that have no load. */
  static List<Hold> of(RunMetadata facts, int settleSeconds) {
    List<Phase> phases =
        facts.phases().stream().filter(phase -> phase.hold() && phase.totalRps() > 0).toList();
    List<Hold> holds = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      int steady = SteadyState.from(phase, settleSeconds);
      boolean several = phases.size() > 1;
      holds.add(
          new Hold(
              several
                  ? " in %s (%s to %s)"
                      .formatted(phase.name(), clock(phase.startSecond()), clock(phase.endSecond()))
                  : "",
              several ? ".hold-" + (i + 1) : "",
              phase.startSecond(),
              phase.endSecond(),
              steady));
    }
    return holds;
  }

  /** Returns the ramps of a plan in order. There latency moves with the load; errors should not. */
  static List<Hold> ramps(RunMetadata facts) {
    List<Hold> ramps = new ArrayList<>();
    for (Phase phase : facts.phases()) {
      int from = phase.startSecond();
      int to = phase.endSecond();
      if (!phase.hold() && facts.plannedCalls(Subject.ALL, from, to) > 0) {
        String name = " in %s (%s to %s)".formatted(phase.name(), clock(from), clock(to));
        ramps.add(new Hold(name, ".ramp-" + (ramps.size() + 1), from, to, to));
      }
    }
    return ramps;
  }

  /** Returns every period in which the limits of a test are judged. */
  static List<Hold> judged(RunMetadata facts, Asserts asserts, int settleSeconds, int seconds) {
    if (asserts.wholeRun()) {
      return List.of(new Hold("", "", 0, Math.max(facts.plannedSeconds(), seconds), 0));
    }
    List<Hold> all = new ArrayList<>(of(facts, settleSeconds));
    if (!asserts.mayShed()) {
      all.addAll(ramps(facts));
    }
    return all;
  }

  /** Returns the first second that counts for a limit: errors count while latency still settles. */
  int start(Limit limit) {
    return limit.isErrors() ? from : steadyFrom;
  }

  /** Returns whether this limit is judged in this period. */
  boolean judges(Limit limit) {
    return limit.isErrors() || !isRamp();
  }

  /** Counts a subject's calls, and those that violate a limit, leaving out some seconds. */
  CallSample sample(
      RunModel run, RunMetadata facts, String subject, Limit limit, Set<Integer> without) {
    Timeline timeline = run.timelineOf(subject);
    int[] seconds =
        IntStream.range(start(limit), to).filter(second -> !without.contains(second)).toArray();
    long[] beyond = new long[seconds.length];
    long[] calls = new long[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      int second = seconds[i];
      calls[i] = timeline.started(second);
      beyond[i] =
          limit.isErrors()
              ? timeline.failed(second)
              : calls[i] == 0 ? 0 : timeline.beyond(second, limit.millis());
      if (limit.isErrors()) {
        long closed = closed(facts, subject, second);
        calls[i] += closed;
        beyond[i] += closed;
      }
    }
    return CallSample.of(beyond, calls);
  }

  /**
   * Counts closed connections. Each is an error, although Gatling retried it. The operation is
   * unknown.
   */
  private static long closed(RunMetadata facts, String subject, int second) {
    return subject.equals(Subject.ALL)
        ? facts.end().closedConnections().total(second, second + 1)
        : facts.end().closedConnections().total(subject, second, second + 1);
  }

  /** Returns the number of planned calls on which a limit is judged. */
  long planned(RunMetadata facts, String subject, Limit limit) {
    return Math.round(facts.plannedCalls(subject, start(limit), to));
  }

  /**
   * Returns whether the subject is only a part of what the test judges here, and so may be too
   * small for a proof. Parts are a rare operation, a ramp, or a single service if the test judges
   * all services together.
   */
  boolean isPart(String subject) {
    boolean whole = steadyFrom == 0;
    return isRamp() || Subject.isOperation(subject) || whole && !subject.equals(Subject.ALL);
  }

  boolean isRamp() {
    return steadyFrom == to;
  }

  int seconds() {
    return to - from;
  }
}
