package com.soundcore.kcp.result;

import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SteadyState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/**
 * The steady seconds of a run, cut into blocks of equal length for each service and each "service /
 * operation". The variation between blocks is the noise within the run.
 */
public final class LatencyBlocks implements CountVisitor {
  private static final int DIGITS = 2;

  /** The requests of one block. */
  public static final class Block {
    private final AbstractHistogram times = new IntCountsHistogram(DIGITS);
    private long failed;

    private void add(int millis, boolean ok, int count) {
      times.recordValueWithCount(Math.max(0, millis), count);
      if (!ok) {
        failed += count;
      }
    }

    /** Adds the counts of another block. */
    public void add(Block other) {
      times.add(other.times);
      failed += other.failed;
    }

    public long requests() {
      return times.getTotalCount();
    }

    /** Returns the fraction of requests that failed; NaN without requests. */
    public double errorRate() {
      return (double) failed / requests();
    }

    /** Returns a percentile of the response times in ms. */
    public double percentile(Percentile percentile) {
      return times.getValueAtPercentile(percentile.value());
    }
  }

  private final SteadyState planned;
  private final int[] blockOf;
  private final int count;
  private final Map<String, List<Block>> bySubject = new TreeMap<>();
  private final Map<Call, List<List<Block>>> subjects = new HashMap<>();

  private LatencyBlocks(SteadyState planned, int most) {
    this.planned = planned;
    List<Integer> steady = planned.seconds();
    int length = Math.max(1, (steady.size() + most - 1) / most);
    // A shorter last block would be noisier than the others, so it is left out.
    count = steady.size() / length;
    blockOf = new int[steady.isEmpty() ? 0 : steady.get(steady.size() - 1) + 1];
    for (int i = 0; i < steady.size(); i++) {
      blockOf[steady.get(i)] = i / length;
    }
  }

  /**
   * Reads the blocks of a run.
   *
   * @param settleSeconds seconds at the beginning of each hold that do not count as steady
   * @param most maximum number of blocks
   * @return blocks in order, by service and by "service / operation"
   */
  public static Map<String, List<Block>> read(
      RunFolder folder, RunMetadata facts, int settleSeconds, int most) {
    SteadyState planned = new SteadyState(facts.phases(), settleSeconds);
    LatencyBlocks blocks = new LatencyBlocks(planned, most);
    RunSource.read(folder, blocks);
    return blocks.bySubject;
  }

  @Override
  public void users(int second, int started, int ended) {
    // only calls have times
  }

  @Override
  public void calls(Call call, int second, int endSecond, int millis, boolean ok, int count) {
    if (!planned.isSteady(second) || blockOf[second] >= this.count) {
      return;
    }
    for (List<Block> blocks : subjects.computeIfAbsent(call, this::subjects)) {
      blocks.get(blockOf[second]).add(millis, ok, count);
    }
  }

  private List<List<Block>> subjects(Call call) {
    return List.of(blocksOf(call.service()), blocksOf(call.request()));
  }

  private List<Block> blocksOf(String subject) {
    return bySubject.computeIfAbsent(
        subject,
        key -> {
          List<Block> blocks = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            blocks.add(new Block());
          }
          return blocks;
        });
  }
}
