package com.soundcore.kcp.verdict.comparison;

import com.soundcore.kcp.config.ComparisonOptions;
import com.soundcore.kcp.result.LatencyBlocks.Block;
import com.soundcore.kcp.result.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How much runs of an unchanged system differ: what a single run cannot know of itself. Several
 * baselines show it; until there are enough the configuration says it.
 */
final class BetweenRuns {
  private static final int ENOUGH_RUNS = 3;
  // Three runs may be alike by chance.
  private static final double LEAST = 0.01;

  private final List<Map<String, List<Block>>> baselines;
  private final ComparisonOptions options;

  /**
   * @param baselines comparable runs, by subject
   */
  BetweenRuns(List<Map<String, List<Block>>> baselines, ComparisonOptions options) {
    this.baselines = baselines;
    this.options = options;
  }

  /**
   * By which share a percentile must have moved to be more than runs differ.
   *
   * @param figures so many are compared: together they may be wrong as often as is allowed
   */
  double share(Percentile percentile, int figures) {
    double z =
        NormalDistribution.of(0, 1)
            .inverseSurvivalProbability(options.falseAlarms() / 2 / Math.max(1, figures));
    return z * deviation(percentile) * Math.sqrt(2);
  }

  /** Relative standard deviation, pooled over the subjects. */
  private double deviation(Percentile percentile) {
    if (baselines.size() < ENOUGH_RUNS) {
      return options.betweenRuns();
    }
    double squares = 0;
    int degrees = 0;
    for (String subject : baselines.get(0).keySet()) {
      List<Double> logs = new ArrayList<>();
      for (Map<String, List<Block>> run : baselines) {
        Block all = new Block();
        run.getOrDefault(subject, List.of()).forEach(all::add);
        if (all.requests() > 0) {
          logs.add(Math.log(Math.max(1, all.percentile(percentile))));
        }
      }
      double mean = logs.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      squares += logs.stream().mapToDouble(log -> (log - mean) * (log - mean)).sum();
      degrees += Math.max(0, logs.size() - 1);
    }
    return degrees == 0 ? options.betweenRuns() : Math.max(LEAST, Math.sqrt(squares / degrees));
  }
}
