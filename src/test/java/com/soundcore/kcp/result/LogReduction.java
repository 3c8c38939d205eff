package com.soundcore.kcp.result;

import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reduces a log to counts per second in one pass. Memory grows with the number of different calls
 * within the window, not with the log.
 */
final class LogReduction implements LogVisitor {
  // Gatling may write a record some seconds after its call ended.
  private static final int SLACK_SECONDS = 8;

  private final LogReader log;
  private final SecondCounts.Calls calls;
  private final Consumer<SecondCounts> whole;
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final TreeMap<Integer, SecondCounts> open = new TreeMap<>();
  private SecondCounts latest = new SecondCounts(-1);
  private int latestEnd;
  private boolean hasOrigin;
  private int originMs;

  private LogReduction(
      LogReader log, Long startedAtMs, SecondCounts.Calls calls, Consumer<SecondCounts> whole) {
    this.log = log;
    this.calls = calls;
    this.whole = whole;
    if (startedAtMs != null) {
      hasOrigin = true;
      originMs = Math.toIntExact(startedAtMs - log.header().startMs());
    }
  }

  /**
   * Reduces a log.
   *
   * @param startedAtMs start of the load in ms since the epoch; null: the start of the first user
   * @param calls receives the operations and numbers them
   * @param whole receives each complete second, in order
   */
  static RunSource read(
      Path file, Long startedAtMs, SecondCounts.Calls calls, Consumer<SecondCounts> whole) {
    LogReduction[] reduction = new LogReduction[1];
    LogReader log =
        LogReader.read(
            file, reader -> reduction[0] = new LogReduction(reader, startedAtMs, calls, whole));
    reduction[0].open.values().forEach(whole);
    return new RunSource(
        log.header().simulation(),
        log.header().startMs() + reduction[0].originMs,
        log.isCut(),
        log.isSealed());
  }

  @Override
  public void user(int scenario, boolean start, int atMs) {
    if (!hasOrigin) {
      hasOrigin = true;
      originMs = SteadyState.originMs(atMs);
    }
    counts(secondOf(atMs)).users(start ? 1 : 0, start ? 0 : 1);
  }

  @Override
  public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
    int second = secondOf(startMs);
    int endSecond = Math.max(second, secondOf(endMs));
    int call = number(group, name);
    SecondCounts counts = counts(SecondCounts.of(second, endSecond));
    counts.add(SecondCounts.key(call, ok, endSecond - second, endMs - startMs), 1);
    if (!ok) {
      counts.error(
          new SecondCounts.ErrorKey(call, log.text(message), second),
          new SecondCounts.ErrorCount(startMs - originMs, 1));
    }
    if (endSecond > latestEnd) {
      latestEnd = endSecond;
      close();
    }
  }

  @Override
  public void error(int message, int atMs) {
    counts(secondOf(atMs)).generatorError(log.text(message), 1);
  }

  private int secondOf(int atMs) {
    return SteadyState.secondOf(atMs, originMs);
  }

  private int number(int group, int name) {
    Integer known = numbers.get((long) group << 32 | name);
    if (known == null) {
      // Each request is in a group named after its service.
      String service = group == 0 ? "-" : log.text(group);
      String request = Subject.operation(service, log.text(name));
      known = calls.number(new CountVisitor.Call(service, request));
      numbers.put((long) group << 32 | name, known);
    }
    return known;
  }

  private SecondCounts counts(int second) {
    if (latest.second() != second) {
      latest = open.computeIfAbsent(second, SecondCounts::new);
    }
    return latest;
  }

  /** Passes on the seconds older than the window; no later record can change them. */
  private void close() {
    while (!open.isEmpty() && open.firstKey() < latestEnd - SecondCounts.WINDOW - SLACK_SECONDS) {
      SecondCounts oldest = open.pollFirstEntry().getValue();
      if (oldest == latest) {
        latest = new SecondCounts(-1);
      }
      whole.accept(oldest);
    }
  }
}
