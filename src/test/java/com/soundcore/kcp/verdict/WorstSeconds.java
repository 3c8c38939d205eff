package com.soundcore.kcp.verdict;

import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The generator's own metrics in the worst window of any hold, so that a quiet hour does not hide a
 * bad moment. Ramps do not count: they include the warm-up.
 *
 * @param leftOut seconds that do not count
 */
record WorstSeconds(RunMetadata facts, Set<Integer> leftOut) {
  /** Length of the window in seconds. */
  static final int WINDOW = 10;

  /** Returns the mean of a metric in the worst window. */
  double mean(ToDoubleFunction<GeneratorSample> figure) {
    double worst = 0;
    for (Phase phase : facts.phases()) {
      if (phase.hold()) {
        worst = Math.max(worst, worstWindow(values(phase, figure)));
      }
    }
    return worst;
  }

  /** Returns the largest value of a metric. */
  double largest(ToDoubleFunction<GeneratorSample> figure) {
    double largest = 0;
    for (Phase phase : facts.phases()) {
      if (phase.hold()) {
        for (double value : values(phase, figure)) {
          largest = Math.max(largest, value);
        }
      }
    }
    return largest;
  }

  private double[] values(Phase phase, ToDoubleFunction<GeneratorSample> figure) {
    return facts.end().generator().stream()
        .filter(s -> s.second() >= phase.startSecond() && s.second() < phase.endSecond())
        .filter(s -> !leftOut.contains(s.second()))
        .mapToDouble(figure)
        .toArray();
  }

  private static double worstWindow(double[] values) {
    int length = Math.min(WINDOW, values.length);
    double worst = 0;
    for (int from = 0; length > 0 && from + length <= values.length; from++) {
      double sum = 0;
      for (int i = from; i < from + length; i++) {
        sum += values[i];
      }
      worst = Math.max(worst, sum / length);
    }
    return worst;
  }
}
