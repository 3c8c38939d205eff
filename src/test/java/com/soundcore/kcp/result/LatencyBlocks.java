package com.soundcore.kcp.result;

import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/**
 * The steady seconds of a run cut into stretches of equal length, for each service and for each
 * "service / operation": how much these differ is the run's own noise.
 */
public final class LatencyBlocks implements LogVisitor {
  private static final int DIGITS = 2;

  /** A stretch. */
  public static final class Block {
    private final AbstractHistogram times = new IntCountsHistogram(DIGITS);
    private long failed;

    private void add(int millis, boolean ok) {
      times.recordValue(Math.max(0, millis));
      if (!ok) {
        failed++;
      }
    }

    /** Takes over what another one counted. */
    public void add(Block other) {
      times.add(other.times);
      failed += other.failed;
    }

    public long requests() {
      return times.getTotalCount();
    }

    /** The fraction that failed; not a number where there were no requests. */
    public double errorRate() {
      return (double) failed / requests();
    }

    /** A response time in ms. */
    public double percentile(Percentile percentile) {
      return times.getValueAtPercentile(percentile.value());
    }
  }

  private final LogReader log;
  private final SteadyState planned;
  private final int[] blockOf;
  private final int count;
  private int originMs = -1;
  private final Map<String, List<Block>> bySubject = new TreeMap<>();
  private final Map<Long, List<List<Block>>> subjects = new HashMap<>();

  private LatencyBlocks(LogReader log, SteadyState planned, int most) {
    this.log = log;
    this.planned = planned;
    List<Integer> steady = planned.seconds();
    int length = Math.max(1, (steady.size() + most - 1) / most);
    // A rest shorter than a block would be noisier than the others: it is left out.
    count = steady.size() / length;
    blockOf = new int[steady.isEmpty() ? 0 : steady.get(steady.size() - 1) + 1];
    for (int i = 0; i < steady.size(); i++) {
      blockOf[steady.get(i)] = i / length;
    }
  }

  /**
   * Reads a run.
   *
   * @param settleSeconds at the beginning of each hold that do not count as steady
   * @param most so many blocks at most
   * @return blocks in order, by service and by "service / operation"
   */
  public static Map<String, List<Block>> read(
      RunFolder folder, RunMetadata facts, int settleSeconds, int most) {
    SteadyState planned = new SteadyState(facts.phases(), settleSeconds);
    LatencyBlocks[] blocks = new LatencyBlocks[1];
    LogReader.read(folder.log(), log -> blocks[0] = new LatencyBlocks(log, planned, most));
    return blocks[0].bySubject;
  }

  @Override
  public void user(int scenario, boolean start, int atMs) {
    if (originMs < 0) {
      originMs = SteadyState.originMs(atMs);
    }
  }

  @Override
  public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
    int second = SteadyState.secondOf(startMs, Math.max(0, originMs));
    if (!planned.isSteady(second) || blockOf[second] >= count) {
      return;
    }
    for (List<Block> blocks :
        subjects.computeIfAbsent((long) group << 32 | name, key -> subjects(group, name))) {
      blocks.get(blockOf[second]).add(endMs - startMs, ok);
    }
  }

  @Override
  public void error(int message, int atMs) {
    // a call that was never sent has no time
  }

  private List<List<Block>> subjects(int group, int name) {
    String service = RunModelBuilder.service(log, group);
    return List.of(blocksOf(service), blocksOf(Subject.operation(service, log.text(name))));
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
