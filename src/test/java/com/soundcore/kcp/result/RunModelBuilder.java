package com.soundcore.kcp.result;

import com.soundcore.kcp.run.ErrorKind;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SteadyState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds the model of a run from a stream of counts. Seconds count from the start of the load.
 *
 * <p>A request is counted once, in the cell of its operation and phase. All other sums are computed
 * from the cells at the end.
 */
public final class RunModelBuilder implements CountVisitor {
  /** The requests of an operation by phase; steady ones separately. */
  private static final class Cell {
    private final String service;
    private final String request;
    private final Timeline timeline;
    private final Timeline own;
    private final Stats[] steady;
    private final Stats[] other;
    private final Map<String, Long> errors = new HashMap<>();

    Cell(String service, String request, Timeline timeline, Timeline own, int phases) {
      this.service = service;
      this.request = request;
      this.timeline = timeline;
      this.own = own;
      steady = Stream.generate(Stats::new).limit(phases).toArray(Stats[]::new);
      // The last cell is for requests outside every phase.
      other = Stream.generate(Stats::new).limit(phases + 1L).toArray(Stats[]::new);
    }
  }

  private final SteadyState planned;
  private final int phases;
  private final Map<Call, Cell> cells = new HashMap<>();
  private final LatencyLimits limits;
  private final Timeline timeline;
  private final Map<String, Timeline> timelines = new TreeMap<>();
  private final Map<String, Timeline> operations = new TreeMap<>();
  private final Map<String, ErrorHistory> errorHistories = new HashMap<>();
  private final Map<String, Long> generatorErrors = new HashMap<>();

  private RunModelBuilder(List<Phase> phases, int settleSeconds, LatencyLimits limits) {
    this.limits = limits;
    this.timeline = new Timeline(limits.of(LatencyLimits.ALL));
    this.phases = phases.size();
    this.planned = new SteadyState(phases, settleSeconds);
  }

  /**
   * Reads a run.
   *
   * @param settleSeconds seconds at the beginning of each hold that do not count as steady
   * @param limits response times; slower calls are counted, second by second
   */
  public static RunModel read(
      RunFolder folder, RunMetadata facts, int settleSeconds, LatencyLimits limits) {
    RunModelBuilder builder = new RunModelBuilder(facts.phases(), settleSeconds, limits);
    return builder.build(RunSource.read(folder, builder));
  }

  @Override
  public void users(int second, int started, int ended) {
    timeline.users(second, started, ended);
  }

  @Override
  public void calls(Call call, int second, int endSecond, int millis, boolean ok, int count) {
    Cell cell = cells.computeIfAbsent(call, this::cell);
    int phase = planned.phaseOf(second);
    if (planned.isSteady(second)) {
      cell.steady[phase].add(millis, ok, count);
    } else {
      cell.other[phase == SteadyState.NO_PHASE ? phases : phase].add(millis, ok, count);
    }
    timeline.requests(second, endSecond, millis, ok, count);
    cell.timeline.requests(second, endSecond, millis, ok, count);
    cell.own.requests(second, endSecond, millis, ok, count);
  }

  @Override
  public void errors(Call call, String message, int second, int firstMs, int count) {
    String words = ErrorKind.words(message);
    cells.computeIfAbsent(call, this::cell).errors.merge(words, (long) count, Long::sum);
    ErrorHistory history = errorHistories.get(words);
    if (history == null) {
      if (errorHistories.size() == ErrorHistory.MOST) {
        return;
      }
      history = new ErrorHistory(words, call.request(), firstMs, new TreeMap<>());
    } else if (firstMs < history.firstMs()) {
      history = new ErrorHistory(words, call.request(), firstMs, history.bySecond());
    }
    errorHistories.put(words, history);
    history.bySecond().merge(second, count, Integer::sum);
  }

  @Override
  public void generatorErrors(String message, int count) {
    generatorErrors.merge(ErrorKind.words(message), (long) count, Long::sum);
  }

  private Cell cell(Call call) {
    String service = call.service();
    String request = call.request();
    return new Cell(
        service,
        request,
        timelines.computeIfAbsent(service, key -> new Timeline(limits.of(service))),
        operations.computeIfAbsent(request, key -> Timeline.ofCounts(limits.of(request))),
        phases);
  }

  private RunModel build(RunSource source) {
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
    Map<String, Long> errors = new HashMap<>();
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
      cell.errors.forEach((message, count) -> ofService.merge(message, count, Long::sum));
    }
    return new RunModel(
        source.simulation(),
        source.startedAtMs(),
        source.cut(),
        source.sealed(),
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
        mostFrequentFirst(errors),
        errorsByService,
        errorHistories.values().stream()
            .sorted(
                Comparator.comparingLong(ErrorHistory::count)
                    .reversed()
                    .thenComparing(ErrorHistory::firstMs)
                    .thenComparing(ErrorHistory::message))
            .toList(),
        mostFrequentFirst(generatorErrors),
        planned.seconds());
  }

  private static Stats of(Map<String, Stats> all, String name) {
    return all.computeIfAbsent(name, key -> new Stats());
  }

  private static Map<String, Long> mostFrequentFirst(Map<String, Long> counts) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
