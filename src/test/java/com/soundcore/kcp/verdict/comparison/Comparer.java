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
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.comparison.Comparison.Difference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Compares a run with an earlier one, block by block of their steady seconds: the blocks of one run
 * tell its noise, and only a difference larger than that, and larger than what matters, counts.
 */
public final class Comparer {
  private static final int FIGURES = 4;
  private static final double PERCENT = 100;

  /** What two runs must have in common, each with the words for where they have not. */
  private static final Map<String, Function<RunSetup, Object>> LIKE = new LinkedHashMap<>();

  static {
    LIKE.put("another test", RunSetup::simulation);
    LIKE.put("another environment", RunSetup::environment);
    LIKE.put("another workload", RunSetup::workload);
    LIKE.put("another model", RunSetup::injection);
    LIKE.put("another time scale", RunSetup::timeScale);
    LIKE.put("another load scale", RunSetup::loadScale);
    LIKE.put("another number of injectors", RunSetup::injectors);
    LIKE.put("another machine", RunSetup::machine);
    LIKE.put("other alterations", RunSetup::altered);
  }

  private final ComparisonOptions options;
  private final int settleSeconds;

  public Comparer(KcpConfig config) {
    options = config.comparison();
    settleSeconds = (int) config.gates().settle().toSeconds();
  }

  /** The same with one baseline. */
  public Comparison compare(RunFolder run, String baseline) {
    return compare(run, List.of(baseline));
  }

  /**
   * Compares; runs that cannot be read cannot be compared, and it says so.
   *
   * @param baselines the first is compared with; all of them show how much runs differ
   */
  public Comparison compare(RunFolder run, List<String> baselines) {
    String first = baselines.get(0);
    try {
      return compare(run, new RunFolder(Path.of(first)), baselines.subList(1, baselines.size()));
    } catch (LogException unreadable) {
      return new Comparison(first, "", List.of(unreadable.getMessage()), List.of());
    } catch (RuntimeException broken) {
      // A comparison that is broken must not take the verdict with it.
      String why = "one of the runs cannot be read: " + broken;
      return new Comparison(first, "", List.of(why), List.of());
    }
  }

  private Comparison compare(RunFolder run, RunFolder baseline, List<String> others) {
    RunMetadata now = LogMetadata.of(run);
    RunMetadata before = LogMetadata.of(baseline);
    List<String> why = new ArrayList<>(notComparable(now, before));
    if (isInvalid(run)) {
      why.add("this run was INVALID: it has proved nothing");
    }
    if (isInvalid(baseline)) {
      why.add("the baseline was INVALID: it has proved nothing");
    }
    if (!why.isEmpty()) {
      return new Comparison(before.setup().id(), began(before), why, List.of());
    }
    Map<String, List<Block>> of = blocks(baseline, before);
    List<Map<String, List<Block>>> all = new ArrayList<>(List.of(of));
    for (String other : others) {
      RunFolder folder = new RunFolder(Path.of(other));
      RunMetadata facts = LogMetadata.of(folder);
      if (notComparable(now, facts).isEmpty() && !isInvalid(folder)) {
        all.add(blocks(folder, facts));
      }
    }
    BetweenRuns noise = new BetweenRuns(all, options);
    return new Comparison(
        before.setup().id(), began(before), why, differences(blocks(run, now), of, noise));
  }

  private static String began(RunMetadata facts) {
    return Instant.ofEpochMilli(facts.startedAtMs()).toString();
  }

  private static boolean isInvalid(RunFolder run) {
    return run.toldStatus().filter(Status.INVALID.name()::equals).isPresent();
  }

  private Map<String, List<Block>> blocks(RunFolder run, RunMetadata facts) {
    return LatencyBlocks.read(run, facts, settleSeconds, options.blocks());
  }

  /** A difference between unlike runs says nothing of the system. */
  private static List<String> notComparable(RunMetadata now, RunMetadata before) {
    List<String> why = new ArrayList<>();
    LIKE.forEach(
        (what, of) -> {
          if (!Objects.equals(of.apply(now.setup()), of.apply(before.setup()))) {
            why.add(
                "%s: %s, was %s".formatted(what, of.apply(now.setup()), of.apply(before.setup())));
          }
        });
    if (!now.operations().equals(before.operations())) {
      why.add("other services or operations were called");
    }
    if (why.isEmpty() && !now.phases().equals(before.phases())) {
      why.add("another plan: the phases of the test have changed");
    }
    if (!now.hasPlan() || !before.hasPlan()) {
      why.add("the plan (kcp/run.json) of one of the runs is missing");
    }
    if (!now.end().finished() || now.end().stopped() != null) {
      why.add("this run did not finish");
    }
    if (!before.end().finished() || before.end().stopped() != null) {
      why.add("the baseline did not finish");
    }
    return why;
  }

  private List<Difference> differences(
      Map<String, List<Block>> now, Map<String, List<Block>> before, BetweenRuns noise) {
    List<Difference> all = new ArrayList<>();
    TreeSet<String> subjects = new TreeSet<>(now.keySet());
    subjects.addAll(before.keySet());
    for (String subject : subjects) {
      List<Block> mine = now.getOrDefault(subject, List.of());
      List<Block> theirs = before.getOrDefault(subject, List.of());
      for (Percentile percentile : List.of(Percentile.P50, Percentile.P95, Percentile.P99)) {
        double share = noise.share(percentile, subjects.size() * FIGURES);
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

  /** Most blocks may have no error at all: the rates of the runs as a whole are compared. */
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

  /** A figure of each block; neighbours are taken together until each has enough requests. */
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
