package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.clock;

import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.statistics.Clustering;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A stretch of a run that is judged on its own: a hold, a ramp, whose errors alone count, or the
 * whole of a run.
 *
 * @param name in sentences, such as " in hold 200 (9:00 to 14:00)"; empty where there is one only
 * @param suffix of the ids of its gates; empty where there is one only
 * @param from its first second
 * @param to the second after its last one
 * @param steadyFrom from which second on latency counts; never in a ramp
 */
public record Hold(String name, String suffix, int from, int to, int steadyFrom) {
  /** The holds of a plan, in order, without those that have no load. */
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

  /** The ramps of a plan, in order: latency moves with the load there, errors need not. */
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

  /** Every stretch that the limits of a test are judged on. */
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

  /** Whether a limit is judged on it. */
  boolean judges(Limit limit) {
    return limit.isErrors() || !isRamp();
  }

  /** The calls of a subject and how many were beyond a limit, without some of the seconds. */
  CallSample sample(
      RunModel run, RunMetadata facts, String subject, Limit limit, Set<Integer> without) {
    Timeline timeline = run.timelineOf(subject);
    int start = limit.isErrors() ? from : steadyFrom;
    int[] seconds =
        IntStream.range(start, to).filter(second -> !without.contains(second)).toArray();
    long[] beyond = new long[seconds.length];
    long[] calls = new long[seconds.length];
    long sumBeyond = 0;
    long sumCalls = 0;
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
      sumBeyond += beyond[i];
      sumCalls += calls[i];
    }
    return new CallSample(sumBeyond, sumCalls, Clustering.of(beyond, calls));
  }

  /**
   * A connection that was closed without an answer is an error, though Gatling asked again. Of
   * which operation is not known.
   */
  private static long closed(RunMetadata facts, String subject, int second) {
    return subject.equals(Subject.ALL)
        ? facts.end().closedConnections().total(second, second + 1)
        : facts.end().closedConnections().total(subject, second, second + 1);
  }

  /** How many calls were planned for a limit to be judged on. */
  long planned(RunMetadata facts, String subject, Limit limit) {
    return Math.round(facts.plannedCalls(subject, limit.isErrors() ? from : steadyFrom, to));
  }

  /**
   * Whether what a subject does here is a part of what the test judges: one of many, and perhaps
   * too small for a proof. A rare operation, a ramp, or a service where the test judges all
   * together.
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
