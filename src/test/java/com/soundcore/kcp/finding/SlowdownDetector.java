package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.result.LatencyBlocks.Block;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** Operations whose responses took longer from some moment of the steady seconds on. */
final class SlowdownDetector {
  /** The minimum number of blocks on each side of a change. */
  private static final int FEWEST = 4;

  private static final double BY_CHANCE = 0.005;

  /** An operation that got slow. */
  record Change(String operation, double beforeMs, double afterMs, double pValue, double at) {
    String sentence() {
      return text(
          "%s: the usual answer took %,.0f ms, and %,.0f ms from %.0f %% of the steady time on"
              + " (chance alone: %s); the service's other operations did not change",
          operation, beforeMs, afterMs, at * 100, Units.chance(pValue));
    }
  }

  private final Supplier<Map<String, List<Block>>> blocks;
  private final FindingOptions options;

  /**
   * @param blocks reads the log, so it is called only if a service needs it
   */
  SlowdownDetector(Supplier<Map<String, List<Block>>> blocks, FindingOptions options) {
    this.blocks = blocks;
    this.options = options;
  }

  /** Returns the only operation of a service that got slow; empty if none or several did. */
  Optional<Change> alone(String service) {
    List<Change> changed = new ArrayList<>();
    int operations = 0;
    for (Map.Entry<String, List<Block>> entry : blocks.get().entrySet()) {
      if (entry.getKey().startsWith(service + " / ")) {
        operations++;
        String operation = entry.getKey().substring(service.length() + 3);
        largest(operation, entry.getValue()).ifPresent(changed::add);
      }
    }
    return operations > 1 && changed.size() == 1 ? Optional.of(changed.get(0)) : Optional.empty();
  }

  private Optional<Change> largest(String operation, List<Block> all) {
    double[] values =
        all.stream()
            .filter(block -> block.requests() > 0)
            .mapToDouble(block -> block.percentile(Percentile.P50))
            .toArray();
    Change largest = null;
    for (int k = FEWEST; k <= values.length - FEWEST; k++) {
      double[] before = java.util.Arrays.copyOfRange(values, 0, k);
      double[] after = java.util.Arrays.copyOfRange(values, k, values.length);
      double was = Medians.of(before);
      double now = Medians.of(after);
      FindingOptions.Rise rise = options.change();
      boolean matters = now - was >= rise.least().toMillis() && now - was >= rise.times() * was;
      if (matters && (largest == null || now - was > largest.afterMs() - largest.beforeMs())) {
        double p = MannWhitneyUTest.withDefaults().test(after, before).getPValue();
        if (p < BY_CHANCE) {
          largest = new Change(operation, was, now, p, (double) k / values.length);
        }
      }
    }
    return Optional.ofNullable(largest);
  }
}
