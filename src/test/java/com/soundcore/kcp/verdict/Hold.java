package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.clock;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.statistics.DesignEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A stretch of a run that is judged on its own: a hold, or all of a run whose ramps count, too.
 *
 * @param name in sentences, such as " in hold 200 (9:00 to 14:00)"; empty where there is one only
 * @param suffix of the ids of its gates; empty where there is one only
 * @param from its first second
 * @param to the second after its last one
 * @param steadyFrom from which second on latency counts
 */
public record Hold(String name, String suffix, int from, int to, int steadyFrom) {
  /** The holds of a plan, in order; those without load are none. */
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

  /** All of a run, its ramps included. */
  static Hold whole(RunMetadata facts, RunModel run) {
    int end = Math.max(facts.plannedSeconds(), run.timeline().length());
    return new Hold("", "", 0, end, 0);
  }

  /** The calls of a subject and how many were beyond a limit, without some of the seconds. */
  CallSample sample(
      RunModel run, RunMetadata facts, String subject, Limit limit, Set<Integer> without) {
    boolean all = subject.equals(LatencyLimits.ALL);
    Timeline timeline =
        all ? run.timeline() : run.timelines().getOrDefault(subject, Timeline.empty());
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
        long closed = closed(facts, subject, all, second);
        calls[i] += closed;
        beyond[i] += closed;
      }
      sumBeyond += beyond[i];
      sumCalls += calls[i];
    }
    return new CallSample(sumBeyond, sumCalls, DesignEffect.of(beyond, calls));
  }

  /** A connection that was closed without an answer is an error, though Gatling asked again. */
  private static long closed(RunMetadata facts, String subject, boolean all, int second) {
    return all
        ? facts.end().closedConnections().total(second, second + 1)
        : facts.end().closedConnections().total(subject, second, second + 1);
  }

  /** How many calls were planned for a limit to be judged on. */
  long planned(RunMetadata facts, String subject, Limit limit) {
    int start = limit.isErrors() ? from : steadyFrom;
    double planned =
        facts.operations().keySet().stream()
            .filter(service -> subject.equals(LatencyLimits.ALL) || service.equals(subject))
            .mapToDouble(service -> facts.load().calls(service, start, to))
            .sum();
    return Math.round(planned);
  }

  int seconds() {
    return to - from;
  }
}
