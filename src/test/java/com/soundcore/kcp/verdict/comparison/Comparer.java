package com.soundcore.kcp.verdict.comparison;

import com.soundcore.kcp.config.ComparisonOptions;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.result.LatencyBlocks;
import com.soundcore.kcp.result.LatencyBlocks.Block;
import com.soundcore.kcp.result.LogMetadata;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.comparison.Comparison.Difference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Comparer of a run with earlier ones, by blocks of their steady seconds. The blocks of a run show
 * its noise. A difference counts only if it exceeds that noise and the smallest difference that
 * matters.
 */
public final class Comparer {
  private static final int FIGURES = 4;
  private static final double PERCENT = 100;
  // The baseline gets one half of the allowed false alarms; all other runs share the other half.
  private static final int SHARES = 2;

  private final ComparisonOptions options;
  private final int settleSeconds;

  public Comparer(KcpConfig config) {
    options = config.comparison();
    settleSeconds = (int) config.gates().settle().toSeconds();
  }

  /** A run with the data that a comparison needs. */
  private record Loaded(
      String id, String startedAt, List<String> why, Map<String, List<Block>> blocks) {
    boolean comparable() {
      return why.isEmpty();
    }
  }

  /**
   * Compares a run with several earlier ones, in their order. The first is the baseline. All
   * comparable ones together show how much runs of the system differ. A run that cannot be read or
   * compared is listed with the reason.
   *
   * @param run its folder
   * @param others folders of earlier runs, at least one
   */
  public List<Comparison> compare(RunFolder run, List<String> others) {
    try {
      return comparisons(run, others);
    } catch (RuntimeException broken) {
      // A broken comparison must not lose the verdict.
      String why = "this run cannot be read: " + broken;
      return List.of(new Comparison(others.get(0), "", List.of(why), List.of()));
    }
  }

  private List<Comparison> comparisons(RunFolder run, List<String> others) {
    RunMetadata facts = LogMetadata.of(run);
    List<String> unfit =
        isInvalid(run) ? List.of("this run was INVALID: it has proved nothing") : List.of();
    List<Loaded> earlier = new ArrayList<>();
    others.forEach(other -> earlier.add(loaded(facts, unfit, other)));
    List<Loaded> comparable = earlier.stream().filter(Loaded::comparable).toList();
    if (comparable.isEmpty()) {
      return earlier.stream().map(one -> beside(one, List.of())).toList();
    }
    BetweenRuns noise = new BetweenRuns(comparable.stream().map(Loaded::blocks).toList(), options);
    Map<String, List<Block>> now = blocks(run, facts);
    List<Comparison> all = new ArrayList<>();
    for (Loaded one : earlier) {
      int family = family(all.size(), earlier.size());
      all.add(one.comparable() ? compared(now, one, noise, family) : beside(one, List.of()));
    }
    return all;
  }

  /** Compares with one earlier run. A failure must not lose the other comparisons. */
  private Comparison compared(
      Map<String, List<Block>> now, Loaded one, BetweenRuns noise, int family) {
    try {
      return beside(one, differences(now, one.blocks(), noise, family));
    } catch (RuntimeException broken) {
      List<String> why = List.of("the figures cannot be compared: " + broken);
      return new Comparison(one.id(), one.startedAt(), why, List.of());
    }
  }

  /** Returns by how many runs the false-alarm rate is divided for the run in this place. */
  private static int family(int place, int runs) {
    if (runs == 1) {
      return 1;
    }
    return place == 0 ? SHARES : SHARES * (runs - 1);
  }

  private static Comparison beside(Loaded one, List<Difference> differences) {
    return new Comparison(one.id(), one.startedAt(), one.why(), differences);
  }

  private Loaded loaded(RunMetadata now, List<String> unfit, String path) {
    RunFolder folder = new RunFolder(Path.of(path));
    try {
      RunMetadata facts = LogMetadata.of(folder);
      List<String> why = new ArrayList<>(Likeness.problems(now, facts, options.dataDifference()));
      why.addAll(unfit);
      if (isInvalid(folder)) {
        why.add("that run was INVALID: it has proved nothing");
      }
      String began = Instant.ofEpochMilli(facts.startedAtMs()).toString();
      return new Loaded(
          facts.setup().id(), began, why, why.isEmpty() ? blocks(folder, facts) : Map.of());
    } catch (LogException unreadable) {
      return new Loaded(path, "", List.of(unreadable.getMessage()), Map.of());
    } catch (RuntimeException broken) {
      return new Loaded(path, "", List.of("it cannot be read: " + broken), Map.of());
    }
  }

  private static boolean isInvalid(RunFolder run) {
    return run.reportedStatus().filter(Status.INVALID.name()::equals).isPresent();
  }

  private Map<String, List<Block>> blocks(RunFolder run, RunMetadata facts) {
    return LatencyBlocks.read(run, facts, settleSeconds, options.blocks());
  }

  private List<Difference> differences(
      Map<String, List<Block>> now,
      Map<String, List<Block>> before,
      BetweenRuns noise,
      int family) {
    List<Difference> all = new ArrayList<>();
    TreeSet<String> subjects = new TreeSet<>(now.keySet());
    subjects.addAll(before.keySet());
    for (String subject : subjects) {
      List<Block> mine = now.getOrDefault(subject, List.of());
      List<Block> theirs = before.getOrDefault(subject, List.of());
      for (Percentile percentile : List.of(Percentile.P50, Percentile.P95, Percentile.P99)) {
        double share = noise.share(subject, percentile, subjects.size() * FIGURES * family);
        all.add(percentile(subject, percentile, mine, theirs, share));
      }
      all.add(errors(subject, mine, theirs));
    }
    return all;
  }

  private Difference percentile(
      String subject, Percentile percentile, List<Block> now, List<Block> before, double share) {
    double needed = options.samplesBeyond() / (1 - percentile.value() / 100);
    return new TwoSampleComparison(subject, percentile.name(), "ms")
        .of(
            values(now, needed, block -> block.percentile(percentile)),
            values(before, needed, block -> block.percentile(percentile)),
            was ->
                Math.max(
                    Math.max(options.share(), share) * was, options.minDifference().toMillis()),
            options);
  }

  /**
   * Compares error rates. Most blocks may have no error, so the rates of the whole runs are
   * compared.
   */
  private Difference errors(String subject, List<Block> now, List<Block> before) {
    double needed = options.samplesBeyond() * 2.0;
    return new TwoSampleComparison(subject, "errors", "%")
        .ofWholes(
            values(now, needed, block -> block.errorRate() * PERCENT),
            values(before, needed, block -> block.errorRate() * PERCENT),
            rate(now),
            rate(before),
            was -> Math.max(options.share() * was, options.errorDifference() * PERCENT),
            options);
  }

  private static double rate(List<Block> blocks) {
    Block all = new Block();
    blocks.forEach(all::add);
    return all.requests() == 0 ? 0 : all.errorRate() * PERCENT;
  }

  /**
   * Returns a metric of each block. Neighbouring blocks are merged until each has enough requests.
   */
  private static double[] values(
      List<Block> blocks, double needed, ToDoubleFunction<Block> figure) {
    List<Double> values = new ArrayList<>();
    Block collected = new Block();
    for (Block block : blocks) {
      collected.add(block);
      if (collected.requests() >= needed) {
        values.add(figure.applyAsDouble(collected));
        collected = new Block();
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
