package com.soundcore.kcp.verdict.comparison;

import com.soundcore.kcp.config.ComparisonOptions;
import com.soundcore.kcp.result.LatencyBlocks.Block;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How much runs of an unchanged system differ. A single run cannot show it, but several baselines
 * can. With fewer than three baselines the configured value is used.
 */
final class BetweenRuns {
  private static final int ENOUGH_RUNS = 3;
  // Three runs may be alike by chance.
  private static final double LEAST = 0.01;
  private static final double HALF = 0.5;
  // Ratio of a normal distribution's standard deviation to its median absolute deviation.
  private static final double NORMAL = 1.4826;

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
   * Returns by which share a percentile must move to exceed the difference between runs.
   *
   * @param figures number of metrics compared, which share the allowed false-alarm rate
   */
  double share(String subject, Percentile percentile, int figures) {
    double z =
        NormalDistribution.of(0, 1)
            .inverseSurvivalProbability(options.falseAlarms() / 2 / Math.max(1, figures));
    return z * Math.max(deviation(percentile), own(subject, percentile)) * Math.sqrt(2);
  }

  /**
   * Returns the relative standard deviation of the median subject. The median keeps one changed
   * service in one run from counting as noise of all.
   */
  private double deviation(Percentile percentile) {
    if (baselines.size() < ENOUGH_RUNS) {
      return options.betweenRuns();
    }
    double[] variances =
        baselines.get(0).keySet().stream()
            .map(subject -> logs(subject, percentile))
            .filter(logs -> logs.length == baselines.size())
            .mapToDouble(logs -> Variance.of(logs).getAsDouble())
            .toArray();
    if (variances.length == 0) {
      return options.betweenRuns();
    }
    // The median of such variances is below their mean.
    double degrees = baselines.size() - 1.0;
    double median = ChiSquaredDistribution.of(degrees).inverseCumulativeProbability(HALF) / degrees;
    return Math.max(LEAST, Math.sqrt(Medians.of(variances) / median));
  }

  /**
   * Returns the deviation of one subject from its median absolute deviation, which a single outlier
   * does not move.
   */
  private double own(String subject, Percentile percentile) {
    double[] logs = logs(subject, percentile);
    if (logs.length < ENOUGH_RUNS) {
      return 0;
    }
    double middle = Medians.of(logs);
    double[] distances = Arrays.stream(logs).map(log -> Math.abs(log - middle)).toArray();
    return NORMAL * Medians.of(distances);
  }

  private double[] logs(String subject, Percentile percentile) {
    List<Double> logs = new ArrayList<>();
    for (Map<String, List<Block>> run : baselines) {
      Block all = new Block();
      run.getOrDefault(subject, List.of()).forEach(all::add);
      if (all.requests() > 0) {
        logs.add(Math.log(Math.max(1, all.percentile(percentile))));
      }
    }
    return logs.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
