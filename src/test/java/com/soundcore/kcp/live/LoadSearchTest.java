package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.Search;
import com.soundcore.kcp.injection.Admission;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunFacts.GeneratorSample;
import com.soundcore.kcp.result.RunFacts.Phase;
import com.soundcore.kcp.verdict.WrittenRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search against a system whose capacity is known, by arithmetic alone. */
class LoadSearchTest {
  private static final double CEILING = 1000;
  private static final Search SEARCH =
      new Search(
          100,
          100,
          CEILING,
          Duration.ofSeconds(2),
          Duration.ofSeconds(8),
          0.02,
          Duration.ofSeconds(15),
          Duration.ofSeconds(10));

  /** A service that answers so many calls per second, and lets the others wait. */
  private static final class System {
    private final double capacity;
    private double waiting;
    private long sent;
    private long answered;

    System(double capacity) {
      this.capacity = capacity;
    }

    Figures second(double calls) {
      double before = waiting;
      double done = Math.min(capacity, waiting + calls);
      waiting += calls - done;
      sent += Math.round(calls);
      answered += Math.round(done);
      long p95 = Math.round(5 + 1000 * Math.max(before, waiting) / capacity);
      return new Figures(Math.round(calls), Math.round(done), 0, p95, p95, p95);
    }

    Figures soFar() {
      return new Figures(sent, answered, 0, 1L, 1L, 1L);
    }
  }

  private final Admission admission = new Admission();

  private static RunFacts facts() {
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("analytics", CEILING);
    return new WrittenRun()
        .facts()
        .withPhases(List.of(new Phase("search", 0, 10_000, true, 0, 10_000_000, rates)));
  }

  private LoadSearch search(double capacity) {
    LivePlan plan =
        new LivePlan(
            "breakpoint",
            "embedded",
            "mixed",
            "open",
            "id",
            List.of(),
            List.of(),
            Map.of("analytics", new LivePlan.Target(500, 0.005)));
    LoadSearch search =
        new LoadSearch(SEARCH, admission, plan, facts(), WrittenRun.CONFIG.findings());
    System system = new System(capacity);
    for (int second = 0; second < 10_000 && !search.isDone(); second++) {
      double calls = 0;
      for (int i = 0; i < CEILING; i++) {
        calls += admission.admits("analytics") ? 1 : 0;
      }
      Figures now = system.second(calls);
      Tick.Flow flow = new Tick.Flow(calls, calls, 0, now, system.soFar());
      search.accept(
          new Tick(
              second,
              10_000,
              "",
              0,
              0,
              0,
              0,
              flow,
              Map.of("analytics", flow),
              Map.of(),
              new GeneratorSample(second, 0, 0, 0, 0, 0, 0),
              Map.of(),
              List.of()));
    }
    return search;
  }

  private static Phase last(LoadSearch search) {
    List<Phase> phases = search.phases();
    return phases.get(phases.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {130, 333, 500, 777, 960})
  void itEndsWithAHoldJustBelowWhatTheSystemCanDo(double capacity) {
    LoadSearch search = search(capacity);
    assertThat(search.isDone()).isTrue();
    assertThat(last(search).name()).startsWith("confirm ");
    assertThat(last(search).totalRps()).isBetween(capacity * 0.96, capacity * 1.03);
  }

  @Test
  void itEndsAtTheCeilingWhereNothingGivesWay() {
    LoadSearch search = search(5000);
    assertThat(search.isDone()).isTrue();
    assertThat(last(search).totalRps()).isEqualTo(CEILING);
  }

  @Test
  void itEndsWhereNotEvenTheFirstLevelHolds() {
    LoadSearch search = search(40);
    assertThat(search.isDone()).isTrue();
    assertThat(search.phases()).noneMatch(phase -> phase.totalRps() > 100);
  }

  @Test
  void phasesFollowOneAnotherWithoutGaps() {
    int end = 0;
    for (Phase phase : search(333).phases()) {
      assertThat(phase.startSecond()).isEqualTo(end);
      end = phase.endSecond();
    }
  }
}
