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
 * Seconds in which the generator stood still, for itself, for its quota, or since all cores were
 * taken: what was measured in them is its own. A few are left out of the verdict, and named; more
 * make the run invalid.
 *
 * @param disturbed seconds around each standstill that was long enough to make a figure of its own
 * @param leftOut those around a standstill that is too long to count; none where they are too many
 *     in a hold
 * @param longest milliseconds of each standstill whose seconds are left out, by its second
 */
public record GeneratorPauses(
    Set<Integer> disturbed, Set<Integer> leftOut, TreeMap<Integer, Double> longest) {
  // Of the seconds of each hold.
  private static final double FEW = 0.02;

  /** Those of a run, whether one injector made it or several. */
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

  /** What it dammed up comes afterwards, and what waited for it began before. */
  private static void around(GeneratorSample sample, double pauseMs, Set<Integer> seconds) {
    int longest = (int) Math.ceil(pauseMs / 1000);
    for (int second = -longest; second <= longest; second++) {
      seconds.add(sample.second() + second);
    }
  }

  /** What was left out, as a caveat; nothing where nothing was. */
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
