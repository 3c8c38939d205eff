package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.KcpConfig.Generator;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Seconds in which the generator paused: by itself, by its CPU quota, or because all cores were
 * busy. Measurements in these seconds describe the generator. A few such seconds are left out of
 * the verdict and named. More make the run invalid.
 *
 * @param disturbed seconds around each pause that is long enough to affect a metric
 * @param leftOut seconds around each pause that is too long to count; empty if a hold has too many
 * @param longest length in milliseconds of each pause that is left out, by second
 */
public record GeneratorPauses(
    Set<Integer> disturbed, Set<Integer> leftOut, TreeMap<Integer, Double> longest) {
  // Share of the seconds of a hold.
  private static final double FEW = 0.02;

  /** Finds the pauses of a run with one or several injectors. */
  public static GeneratorPauses in(RunMetadata facts, Generator limits) {
    List<RunMetadata> all = new ArrayList<>(facts.parts());
    all.add(facts);
    Set<Integer> disturbed = new TreeSet<>();
    Set<Integer> tooLong = new TreeSet<>();
    TreeMap<Integer, Double> longest = new TreeMap<>();
    for (RunMetadata part : all) {
      for (GeneratorSample sample : part.end().generator()) {
        boolean starved = sample.starvedMs() > limits.maxLoopLate() * 1000;
        double halt = Math.max(sample.maxPauseMs(), starved ? sample.starvedMs() : 0);
        double pause = Math.max(halt, sample.throttledMs());
        if (pause >= limits.disturbingPause().toMillis()) {
          around(sample, pause, disturbed);
        }
        if (halt > limits.maxPause().toMillis()) {
          around(sample, halt, tooLong);
          longest.merge(sample.second(), halt, Math::max);
        }
      }
    }
    Set<Integer> held =
        tooLong.stream().filter(facts.load()::holds).collect(Collectors.toCollection(TreeSet::new));
    longest.keySet().removeIf(second -> !facts.load().holds(second));
    boolean few =
        facts.phases().stream()
            .filter(Phase::hold)
            .allMatch(hold -> secondsOf(hold, held) <= FEW * secondsOf(hold));
    return few
        ? new GeneratorPauses(disturbed, held, longest)
        : new GeneratorPauses(disturbed, Set.of(), new TreeMap<>());
  }

  private static long secondsOf(Phase hold) {
    return hold.endSecond() - (long) hold.startSecond();
  }

  private static long secondsOf(Phase hold, Set<Integer> some) {
    return some.stream().filter(at -> at >= hold.startSecond() && at < hold.endSecond()).count();
  }

  /**
   * Adds the seconds before a pause, since calls in flight waited for it, and the seconds after it,
   * since it delayed arrivals.
   */
  private static void around(GeneratorSample sample, double pauseMs, Set<Integer> seconds) {
    int longest = (int) Math.ceil(pauseMs / 1000);
    for (int second = -longest; second <= longest; second++) {
      seconds.add(sample.second() + second);
    }
  }

  /** Describes what was left out as a caveat; empty if nothing was. */
  public List<String> caveats() {
    if (longest.isEmpty()) {
      return List.of();
    }
    String pauses =
        longest.entrySet().stream()
            .limit(3)
            .map(one -> text("%,.0f ms at %s", one.getValue(), clock(one.getKey())))
            .collect(Collectors.joining(", "));
    return List.of(
        text(
            "GENERATOR PAUSED: %s%s; the %,d s around it were left out of the verdict",
            pauses,
            longest.size() > 3 ? text(" and %,d times more", longest.size() - 3) : "",
            leftOut.size()));
  }
}
