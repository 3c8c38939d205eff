package com.soundcore.kcp.live;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.LiveSnapshot.Injector;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.live.calls.Recorder.Failure;
import com.soundcore.kcp.live.calls.Recorder.Interval;
import com.soundcore.kcp.live.calls.Totals;
import com.soundcore.kcp.run.GeneratorSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Sum of several injectors. Percentiles come from the added histograms of all calls; nothing is
 * averaged.
 */
final class AllInjectors {
  /** Seconds without a newer state after which an injector counts as silent. */
  static final int SILENT_SECONDS = 5;

  private static final int LATEST = 20;

  /**
   * The latest state of an injector.
   *
   * @param calls of that state by operation; unpacked once and never changed
   * @param before the previous state; null for the first
   * @param since the second, on our own clock, in which the state became known
   */
  private record Seen(InjectorState now, Map<String, Interval> calls, Seen before, int since) {
    boolean silent(int second) {
      return second - since > SILENT_SECONDS;
    }

    double seconds() {
      return before == null ? now.second() + 1 : now.second() - before.now.second();
    }

    /** Returns a copy without its predecessor. A chain of all states would fill the memory. */
    Seen alone() {
      return new Seen(now, calls, null, since);
    }
  }

  private final int count;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<Integer, Seen> injectors = new TreeMap<>();

  /**
   * @param count number of injectors that share the load
   * @param operations that any injector may call
   */
  AllInjectors(int count, List<Operation> operations) {
    this.count = count;
    operations.forEach(operation -> this.operations.put(operation.fullName(), operation));
  }

  /**
   * Adds an injector's state as read in one of our own seconds. A repeated state does not count as
   * news.
   */
  void saw(InjectorState state, int second) {
    Seen seen = injectors.get(state.injector());
    if (seen != null && state.second() == seen.now.second()) {
      // This is its latest state of the second. Later calls of that second also count.
      injectors.put(state.injector(), new Seen(state, unpacked(state), seen.before, seen.since));
    } else if (seen == null || state.second() > seen.now.second()) {
      Seen before = seen == null ? null : seen.alone();
      injectors.put(state.injector(), new Seen(state, unpacked(state), before, second));
    }
  }

  private Map<String, Interval> unpacked(InjectorState state) {
    Map<String, Interval> calls = new LinkedHashMap<>();
    state
        .calls()
        .forEach(
            (name, some) -> {
              Operation operation = operations.get(name);
              if (operation != null) {
                calls.put(
                    name,
                    new Interval(
                        operation, some.sent(), some.bytes(), some.okTimes(), some.failedTimes()));
              }
            });
    return calls;
  }

  /**
   * Returns the sum of all injectors.
   *
   * @param mine this injector's snapshot; silent injectors are assumed to have the same plan
   */
  LiveSnapshot together(LiveSnapshot mine) {
    int second = mine.second();
    List<Seen> speaking = injectors.values().stream().filter(seen -> !seen.silent(second)).toList();
    Totals soFar = new Totals();
    injectors.values().forEach(seen -> soFar.add(seen.calls.values()));
    Map<String, Figures> all = soFar.figures();
    Map<String, Flow> flows = flows(mine, speaking, all);
    Flow whole = flows.remove(Figures.ALL);
    Map<String, Figures> byOperation = new LinkedHashMap<>();
    mine.operations().keySet().forEach(name -> byOperation.put(name, all.get(name)));
    int missing = count - speaking.size();
    return new LiveSnapshot(
        second,
        mine.ofSeconds(),
        mine.phase(),
        sum(speaking, InjectorState::users),
        speaking.stream().mapToDouble(seen -> seen.now.plannedUsers()).sum()
            + missing * mine.plannedUsers(),
        (int) sum(speaking, InjectorState::inFlight),
        sum(injectors.values().stream().toList(), InjectorState::shed),
        whole,
        flows,
        byOperation,
        worst(speaking, mine.generator()),
        mine.resources(),
        latest(speaking),
        rows(mine));
  }

  private Map<String, Flow> flows(
      LiveSnapshot mine, List<Seen> speaking, Map<String, Figures> soFar) {
    Map<String, Double> planned = new LinkedHashMap<>();
    planned.put(Figures.ALL, mine.all().plannedRps());
    mine.services().forEach((service, flow) -> planned.put(service, flow.plannedRps()));
    Map<String, Double> rps = new LinkedHashMap<>();
    Map<String, Double> bytes = new LinkedHashMap<>();
    Totals now = new Totals();
    for (Seen seen : speaking) {
      List<Interval> since = since(seen);
      for (Interval one : since) {
        for (String of : List.of(one.operation().service(), Figures.ALL)) {
          rps.merge(of, one.sent() / seen.seconds(), Double::sum);
          bytes.merge(of, one.bytes() / seen.seconds(), Double::sum);
        }
      }
      now.add(since);
    }
    Map<String, Figures> figures = now.figures();
    Map<String, Flow> flows = new LinkedHashMap<>();
    planned.forEach(
        (of, ofMine) -> {
          double plannedRps =
              speaking.stream()
                      .mapToDouble(seen -> seen.now.plannedRps().getOrDefault(of, 0.0))
                      .sum()
                  + (count - speaking.size()) * ofMine;
          flows.put(
              of,
              new Flow(
                  rounded(plannedRps),
                  rounded(rps.getOrDefault(of, 0.0)),
                  Math.round(bytes.getOrDefault(of, 0.0)),
                  figures.getOrDefault(of, Figures.NONE),
                  soFar.getOrDefault(of, Figures.NONE)));
        });
    return flows;
  }

  /**
   * Returns an injector's calls between its two latest states; up to the first state if it has only
   * one.
   */
  private static List<Interval> since(Seen seen) {
    List<Interval> calls = new ArrayList<>();
    seen.calls.forEach(
        (name, now) -> {
          Interval before = seen.before == null ? null : seen.before.calls.get(name);
          calls.add(before == null ? now : difference(now, before));
        });
    return calls;
  }

  private static Interval difference(Interval now, Interval before) {
    Histogram ok = now.ok().copy();
    ok.subtract(before.ok());
    Histogram failed = now.failed().copy();
    failed.subtract(before.failed());
    return new Interval(
        now.operation(), now.sent() - before.sent(), now.bytes() - before.bytes(), ok, failed);
  }

  private List<Injector> rows(LiveSnapshot mine) {
    List<Injector> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Seen seen = injectors.get(i);
      if (seen == null) {
        rows.add(new Injector(i, -1, 0, 0, 0, 0, 0, true));
        continue;
      }
      InjectorState now = seen.now;
      boolean speaks = !seen.silent(mine.second());
      double sent = sent(now) - (seen.before == null ? 0 : sent(seen.before.now));
      rows.add(
          new Injector(
              i,
              now.second(),
              speaks ? rounded(sent / seen.seconds()) : 0,
              now.users(),
              now.shed(),
              now.generator().processCpu(),
              now.generator().maxPauseMs(),
              // An injector that reported until the end of the plan has finished.
              !speaks && now.second() + 1 < mine.ofSeconds()));
    }
    return rows;
  }

  private static long sent(InjectorState state) {
    return state.calls().values().stream().mapToLong(InjectorState.Calls::sent).sum();
  }

  private static long sum(List<Seen> some, ToLongFunction<InjectorState> figure) {
    return some.stream().mapToLong(seen -> figure.applyAsLong(seen.now)).sum();
  }

  /** Returns the busiest injector's sample. A mean would hide an injector at its limit. */
  private static GeneratorSample worst(List<Seen> some, GeneratorSample mine) {
    ToDoubleFunction<Seen> cpu = seen -> seen.now.generator().processCpu();
    return some.stream()
        .max(Comparator.comparingDouble(cpu))
        .map(seen -> seen.now.generator())
        .orElse(mine);
  }

  private static List<Failure> latest(List<Seen> some) {
    List<Failure> all =
        some.stream()
            .flatMap(seen -> seen.now.failures().stream())
            .sorted(Comparator.comparingLong(Failure::atMs))
            .toList();
    return all.subList(Math.max(0, all.size() - LATEST), all.size());
  }

  private static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}
