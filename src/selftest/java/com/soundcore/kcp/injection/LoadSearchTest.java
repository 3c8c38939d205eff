package com.soundcore.kcp.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.verdict.level.LevelRules;
import java.time.Duration;
import java.util.ArrayList;
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
  private static class System implements CallCounts {
    private static final double TARGET_SECONDS = 0.5;
    private final double capacity;
    private final List<long[]> seconds = new ArrayList<>();
    private double waiting;

    System(double capacity) {
      this.capacity = capacity;
    }

    void second(long calls) {
      double before = waiting;
      double done = Math.min(capacityIn(seconds.size()), waiting + calls);
      waiting += calls - done;
      boolean slow = Math.max(before, waiting) / capacity >= TARGET_SECONDS;
      seconds.add(new long[] {calls, Math.round(done), slow ? calls : 0});
    }

    double capacityIn(int second) {
      return capacity;
    }

    @Override
    public long started(String service, int second) {
      return second < 0 ? 0 : seconds.get(second)[0];
    }

    @Override
    public long ended(String service, int second) {
      return seconds.get(second)[1];
    }

    @Override
    public long failed(String service, int second) {
      return 0;
    }

    @Override
    public long slow(String service, int second) {
      return second < 0 ? 0 : seconds.get(second)[2];
    }

    @Override
    public long shed(String service, int from, int to) {
      return 0;
    }

    @Override
    public long closed(String service, int from, int to) {
      return 0;
    }

    @Override
    public long perhapsDropped(String service, int from, int to) {
      return 0;
    }
  }

  private final ArrivalThinning thinning = new ArrivalThinning();

  private static RunMetadata facts() {
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("analytics", CEILING);
    return new SyntheticRun()
        .facts()
        .withPhases(List.of(new Phase("search", 0, 10_000, true, 0, 10_000_000, rates)));
  }

  private LoadSearch search(double capacity) {
    return search(new System(capacity));
  }

  private LoadSearch search(System system) {
    LoadSearch search =
        new LoadSearch(
            SEARCH,
            thinning,
            LevelRules.of(SyntheticRun.CONFIG, List.of("analytics")),
            system,
            facts());
    for (int second = 0; second < 10_000 && !search.isDone(); second++) {
      long calls = 0;
      for (int i = 0; i < CEILING; i++) {
        calls += thinning.admits("analytics") ? 1 : 0;
      }
      system.second(calls);
      search.secondEnded(second);
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
    assertThat(search.record().answerRps()).isEqualTo(last(search).totalRps());
    assertThat(search.record().brokenRps()).isBetween(capacity, capacity * 1.05);
  }

  @Test
  void itEndsAtTheCeilingWhereNothingBreaks() {
    LoadSearch search = search(5000);
    assertThat(search.isDone()).isTrue();
    assertThat(search.record().answerRps()).isEqualTo(CEILING);
    assertThat(search.record().brokenRps()).isNull();
  }

  @Test
  void itEndsWhereNotEvenTheFirstLevelHolds() {
    LoadSearch search = search(40);
    assertThat(search.isDone()).isTrue();
    assertThat(search.record().answerRps()).isNull();
    assertThat(search.phases()).noneMatch(phase -> phase.totalRps() > 100);
  }

  @Test
  void oneBadMomentIsNoLimit() {
    LoadSearch search =
        search(
            new System(500) {
              @Override
              double capacityIn(int second) {
                return second >= 15 && second < 18 ? 100 : 500;
              }
            });
    assertThat(search.record().levels())
        .anyMatch(level -> level.rps() == 200 && !level.held())
        .anyMatch(level -> level.rps() == 200 && level.held());
    assertThat(search.record().answerRps()).isBetween(480.0, 515.0);
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
