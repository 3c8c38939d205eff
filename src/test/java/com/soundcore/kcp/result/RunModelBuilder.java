package com.soundcore.kcp.result;

import com.soundcore.kcp.run.ErrorKind;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds the model of a run while its log streams by. Seconds count from the load's start.
 *
 * <p>A request is counted once, in the cell of its operation and phase; everything else is added up
 * from the cells at the end.
 */
public final class RunModelBuilder implements LogVisitor {
  /** An operation: its requests by phase, the steady ones apart. */
  private static final class Cell {
    private final String service;
    private final String request;
    private final Timeline timeline;
    private final Timeline own;
    private final Stats[] steady;
    private final Stats[] other;
    private final Map<Integer, Long> errors = new HashMap<>();

    Cell(String service, String request, Timeline timeline, Timeline own, int phases) {
      this.service = service;
      this.request = request;
      this.timeline = timeline;
      this.own = own;
      steady = Stream.generate(Stats::new).limit(phases).toArray(Stats[]::new);
      // The last one: beyond every phase.
      other = Stream.generate(Stats::new).limit(phases + 1L).toArray(Stats[]::new);
    }
  }

  private final LogReader log;
  private final SteadyState planned;
  private final int phases;
  private int originMs = -1;
  private final Map<Long, Cell> cells = new HashMap<>();
  private final LatencyLimits limits;
  private final Timeline timeline;
  private final Map<String, Timeline> timelines = new TreeMap<>();
  private final Map<String, Timeline> operations = new TreeMap<>();
  private final Map<Integer, ErrorHistory> errorHistories = new HashMap<>();
  private final Map<Integer, Long> generatorErrors = new HashMap<>();

  private RunModelBuilder(
      LogReader log, List<Phase> phases, int settleSeconds, LatencyLimits limits) {
    this.log = log;
    this.limits = limits;
    this.timeline = new Timeline(limits.of(LatencyLimits.ALL));
    this.phases = phases.size();
    this.planned = new SteadyState(phases, settleSeconds);
  }

  /**
   * Reads a run.
   *
   * @param settleSeconds at the beginning of each hold that do not count as steady
   * @param limits calls that take longer are counted, second by second
   */
  public static RunModel read(
      RunFolder folder, RunMetadata facts, int settleSeconds, LatencyLimits limits) {
    RunModelBuilder[] builder = new RunModelBuilder[1];
    LogReader log =
        LogReader.read(
            folder.log(),
            reader ->
                builder[0] = new RunModelBuilder(reader, facts.phases(), settleSeconds, limits));
    return builder[0].build(log);
  }

  @Override
  public void user(int scenario, boolean start, int atMs) {
    if (originMs < 0) {
      originMs = SteadyState.originMs(atMs);
    }
    timeline.user(secondOf(atMs), start);
  }

  @Override
  public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
    Cell cell = cells.get((long) group << 32 | name);
    if (cell == null) {
      cell = cell(group, name);
    }
    int millis = endMs - startMs;
    int second = secondOf(startMs);
    int endSecond = secondOf(endMs);
    int phase = planned.phaseOf(second);
    if (planned.isSteady(second)) {
      cell.steady[phase].add(millis, ok);
    } else {
      cell.other[phase == SteadyState.NO_PHASE ? phases : phase].add(millis, ok);
    }
    timeline.request(second, endSecond, millis, ok);
    cell.timeline.request(second, endSecond, millis, ok);
    cell.own.request(second, endSecond, millis, ok);
    if (!ok) {
      cell.errors.merge(message, 1L, Long::sum);
      remember(message, cell, startMs, second);
    }
  }

  private void remember(int message, Cell cell, int startMs, int second) {
    ErrorHistory history = errorHistories.get(message);
    if (history == null && errorHistories.size() < ErrorHistory.MOST) {
      int sinceLoad = startMs - Math.max(0, originMs);
      history =
          new ErrorHistory(
              ErrorKind.words(log.text(message)), cell.request, sinceLoad, new TreeMap<>());
      errorHistories.put(message, history);
    }
    if (history != null) {
      history.bySecond().merge(second, 1, Integer::sum);
    }
  }

  private int secondOf(int atMs) {
    return SteadyState.secondOf(atMs, Math.max(0, originMs));
  }

  @Override
  public void error(int message, int atMs) {
    generatorErrors.merge(message, 1L, Long::sum);
  }

  private Cell cell(int group, int name) {
    String service = service(log, group);
    String request = Subject.operation(service, log.text(name));
    Cell cell =
        new Cell(
            service,
            request,
            timelines.computeIfAbsent(service, key -> new Timeline(limits.of(service))),
            operations.computeIfAbsent(request, key -> Timeline.ofCounts(limits.of(request))),
            phases);
    cells.put((long) group << 32 | name, cell);
    return cell;
  }

  /** The group of a request is its service. */
  static String service(LogReader log, int group) {
    return group == 0 ? "-" : log.text(group);
  }

  private RunModel build(LogReader read) {
    Stats whole = new Stats();
    Stats steady = new Stats();
    Map<String, Stats> services = new TreeMap<>();
    Map<String, Stats> requests = new TreeMap<>();
    Map<String, Stats> steadyByService = new TreeMap<>();
    List<Stats> byPhase = new ArrayList<>();
    List<Map<String, Stats>> holds = new ArrayList<>();
    List<Map<String, Stats>> phasesBySubject = new ArrayList<>();
    for (int i = 0; i < phases; i++) {
      byPhase.add(new Stats());
      holds.add(new TreeMap<>());
      phasesBySubject.add(new TreeMap<>());
    }
    Map<Integer, Long> errors = new HashMap<>();
    Map<String, Map<String, Long>> errorsByService = new TreeMap<>();
    for (Cell cell : cells.values()) {
      for (int i = 0; i <= phases; i++) {
        List<Stats> into = new ArrayList<>();
        into.add(whole);
        into.add(of(services, cell.service));
        into.add(of(requests, cell.request));
        if (i < phases) {
          into.add(byPhase.get(i));
          into.add(of(phasesBySubject.get(i), cell.service));
          into.add(of(phasesBySubject.get(i), cell.request));
        }
        Stats others = cell.other[i];
        into.forEach(stats -> stats.add(others));
        if (i < phases && cell.steady[i].requests() > 0) {
          into.add(steady);
          into.add(of(steadyByService, cell.service));
          into.add(of(holds.get(i), cell.service));
          into.add(of(holds.get(i), cell.request));
          Stats steadyCell = cell.steady[i];
          into.forEach(stats -> stats.add(steadyCell));
        }
      }
      cell.errors.forEach((message, count) -> errors.merge(message, count, Long::sum));
      Map<String, Long> ofService =
          errorsByService.computeIfAbsent(cell.service, service -> new TreeMap<>());
      byMessage(cell.errors, read)
          .forEach((message, count) -> ofService.merge(message, count, Long::sum));
    }
    return new RunModel(
        read.header().simulation(),
        read.header().startMs() + Math.max(0, originMs),
        read.isCut(),
        read.isSealed(),
        whole,
        services,
        requests,
        steady,
        steadyByService,
        byPhase,
        phasesBySubject,
        holds,
        timeline,
        timelines,
        operations,
        byMessage(errors, read),
        errorsByService,
        errorHistories.values().stream()
            .sorted(Comparator.comparingLong(ErrorHistory::count).reversed())
            .toList(),
        byMessage(generatorErrors, read),
        planned.seconds());
  }

  private static Stats of(Map<String, Stats> all, String name) {
    return all.computeIfAbsent(name, key -> new Stats());
  }

  /** The most frequent first. */
  private static Map<String, Long> byMessage(Map<Integer, Long> counts, LogReader read) {
    Map<String, Long> byMessage = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry ->
                byMessage.merge(
                    ErrorKind.words(read.text(entry.getKey())), entry.getValue(), Long::sum));
    return byMessage;
  }
}
