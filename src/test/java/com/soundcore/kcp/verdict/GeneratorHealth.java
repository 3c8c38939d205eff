package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.KcpConfig.Generator;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The generator's health: whether it sent the planned load and could measure it.
 *
 * <p>A busy machine that the generator shares with its target does not mean saturation. Late starts
 * and threads that wake up late do. Pauses are measured as in jHiccup (G. Tene): by a thread that
 * only sleeps and wakes up. Shares are those of the worst ten seconds of a hold, so that a quiet
 * hour does not hide a bad moment.
 *
 * @param status "valid" or "saturated"
 * @param plannedArrivals planned users or journeys; 0 in the closed model
 * @param startedArrivals users or journeys that started
 * @param shedArrivals calls that were due but not sent
 * @param maxLagMs the largest delay of a hold's arrivals against their plan
 * @param cpuPercent this process's share of all cores in its busiest ten seconds
 * @param pauseMsMax the longest pause
 * @param gcPauseMsMax the longest garbage collection time within a second
 * @param messages why the generator is saturated, and what to do
 */
public record GeneratorHealth(
    String status,
    long plannedArrivals,
    long startedArrivals,
    long shedArrivals,
    long maxLagMs,
    double cpuPercent,
    double pauseMsMax,
    double gcPauseMsMax,
    List<String> messages) {

  // A late wake-up may merge a few samples. If more are missing, the generator was not monitored.
  private static final double ENOUGH = 0.9;
  private static final String ADVICE =
      "; the generator, not the system, may be what was measured: use a larger machine, fewer"
          + " services or several injectors";

  /** Judges one or several injectors. The worst one decides, and each is listed. */
  static GeneratorHealth of(RunMetadata facts, Timeline timeline, Generator limits) {
    Set<Integer> leftOut = GeneratorPauses.in(facts, limits).leftOut();
    if (facts.parts().isEmpty()) {
      return ofOne(facts, timeline, lagMs(facts, timeline, leftOut), leftOut, limits);
    }
    List<String> messages = new ArrayList<>();
    List<GeneratorHealth> each = new ArrayList<>();
    for (RunMetadata part : facts.parts()) {
      // A part's log is merged into the whole log; the merge has recorded its lag.
      GeneratorHealth health = ofOne(part, Timeline.empty(), part.end().lagMs(), leftOut, limits);
      each.add(health);
      health
          .messages()
          .forEach(m -> messages.add("injector " + part.setup().injector() + ": " + m));
    }
    long lag = lagMs(facts, timeline, leftOut);
    GeneratorHealth whole = ofOne(facts, timeline, lag, leftOut, limits);
    each.add(whole);
    behind(lag, limits).ifPresent(messages::add);
    return new GeneratorHealth(
        messages.isEmpty() ? "valid" : "saturated",
        facts.plannedArrivals(),
        whole.startedArrivals(),
        whole.shedArrivals(),
        whole.maxLagMs(),
        each.stream().mapToDouble(GeneratorHealth::cpuPercent).max().orElse(0),
        each.stream().mapToDouble(GeneratorHealth::pauseMsMax).max().orElse(0),
        each.stream().mapToDouble(GeneratorHealth::gcPauseMsMax).max().orElse(0),
        messages);
  }

  /** Returns a copy that is saturated for this reason alone. */
  GeneratorHealth exhausted(String why) {
    return new GeneratorHealth(
        "saturated",
        plannedArrivals,
        startedArrivals,
        shedArrivals,
        maxLagMs,
        cpuPercent,
        pauseMsMax,
        gcPauseMsMax,
        List.of(why));
  }

  private static GeneratorHealth ofOne(
      RunMetadata facts, Timeline timeline, long lag, Set<Integer> leftOut, Generator limits) {
    List<GeneratorSample> samples = facts.end().generator();
    WorstSeconds worst = new WorstSeconds(facts, leftOut);
    double cpu = worst.mean(GeneratorSample::processCpu);
    double pause = worst.largest(GeneratorSample::maxPauseMs);
    long planned = facts.phases().stream().mapToLong(Phase::endSecond).max().orElse(0);
    List<String> messages = new ArrayList<>();
    if (samples.size() < planned * ENOUGH) {
      messages.add(
          text(
              "the generator watched itself for %,d s of %,d s only; its figures cannot be trusted",
              samples.size(), planned));
    }
    behind(lag, limits).ifPresent(messages::add);
    if (pause > limits.maxPause().toMillis()) {
      messages.add(
          text(
                  "the generator paused for %,.0f ms (limit %,d ms)",
                  pause, limits.maxPause().toMillis())
              + ADVICE);
    }
    above(
        messages,
        "was kept waiting for a processor",
        worst.mean(GeneratorSample::pausedMs) / 1000,
        limits.maxPaused());
    above(
        messages,
        "had an event loop that was late by 20 ms and more (pauses of the process not counted)",
        worst.mean(GeneratorSample::fullLoopMs) / 1000,
        limits.maxLoopLate());
    above(
        messages,
        "was stopped by its processor quota (cgroup)",
        worst.mean(GeneratorSample::throttledMs) / 1000,
        limits.maxPaused());
    above(
        messages,
        "lost its processors to other virtual machines (steal)",
        worst.mean(GeneratorSample::stealShare),
        limits.maxPaused());
    above(messages, "used all cores", cpu, limits.maxProcessCpu());
    long started = 0;
    for (int second = 0; second < timeline.length(); second++) {
      started += timeline.arrivals(second);
    }
    return new GeneratorHealth(
        messages.isEmpty() ? "valid" : "saturated",
        facts.plannedArrivals(),
        started,
        facts.end().shedCalls().total(),
        lag,
        Math.round(cpu * 1000) / 10.0,
        Math.round(samples.stream().mapToDouble(GeneratorSample::maxPauseMs).max().orElse(0) * 10)
            / 10.0,
        samples.stream().mapToDouble(GeneratorSample::gcPauseMs).max().orElse(0),
        messages);
  }

  private static Optional<String> behind(long lag, Generator limits) {
    return lag <= limits.maxLag().toMillis()
        ? Optional.empty()
        : Optional.of(
            text(
                    "arrivals were up to %,d ms behind their plan (limit %,d ms)",
                    lag, limits.maxLag().toMillis())
                + ADVICE);
  }

  private static void above(List<String> messages, String what, double share, double limit) {
    if (share > limit) {
      messages.add(
          text(
                  "the generator %s for %.0f %% of the worst %d s of a hold (limit %.0f %%)",
                  what, share * 100, WorstSeconds.WINDOW, limit * 100)
              + ADVICE);
    }
  }

  /**
   * Returns the largest lag of the arrivals in holds, as the time that the missing ones take at the
   * planned rate.
   */
  public static long lagMs(RunMetadata facts, Timeline timeline) {
    return lagMs(facts, timeline, Set.of());
  }

  private static long lagMs(RunMetadata facts, Timeline timeline, Set<Integer> leftOut) {
    long lag = 0;
    long planned = 0;
    for (Phase phase : facts.phases()) {
      int length = phase.endSecond() - phase.startSecond();
      double perSec = (double) phase.arrivals() / length;
      if (phase.hold() && perSec > 0) {
        long started = 0;
        for (int second = 0; second < phase.endSecond(); second++) {
          started += timeline.arrivals(second);
          if (second >= phase.startSecond() && !leftOut.contains(second)) {
            double due = planned + perSec * (second + 1 - phase.startSecond());
            lag = Math.max(lag, Math.round((due - started) / perSec * 1000));
          }
        }
      }
      planned += phase.arrivals();
    }
    return lag;
  }
}
