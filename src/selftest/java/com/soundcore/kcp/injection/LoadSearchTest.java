package com.soundcore.kcp.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.testkit.KnownSystem;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.level.LevelRules;
import com.soundcore.kcp.workload.LoadTime;
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
          3,
          Duration.ofSeconds(10));

  private final ArrivalThinning thinning = new ArrivalThinning();

  private static RunMetadata facts() {
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("analytics", CEILING);
    return new SyntheticRun()
        .facts()
        .withPhases(List.of(new Phase("search", 0, 10_000, true, 0, 10_000_000, rates)));
  }

  private LoadSearch search(double capacity) {
    return search(new KnownSystem(capacity));
  }

  private LoadSearch search(KnownSystem system) {
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
  void itProvesALevelJustBelowWhatTheSystemCanDoAndRefutesOneJustAbove(double capacity) {
    LoadSearch search = search(capacity);
    assertThat(search.isDone()).isTrue();
    assertThat(search.record().answerRps()).isBetween(capacity * 0.92, capacity);
    assertThat(search.record().lowRps()).isEqualTo(search.record().answerRps() * 0.98);
    assertThat(search.record().brokenRps()).isBetween(capacity, capacity * 1.05);
    assertThat(search.record().levels())
        .filteredOn(level -> Boolean.TRUE.equals(level.confirms()) && level.held())
        .extracting(SearchLevel::rps)
        .containsExactly(search.record().answerRps());
  }

  /** Two longer holds of one level, the second right after the first. */
  @Test
  void oneCalmHoldProvesNothing() {
    List<SearchLevel> longer =
        search(5000).record().levels().stream()
            .filter(level -> Boolean.TRUE.equals(level.confirms()))
            .toList();
    assertThat(longer).extracting(SearchLevel::rps).containsExactly(CEILING, CEILING);
    assertThat(longer).extracting(SearchLevel::held).containsExactly(false, true);
    assertThat(longer).extracting(SearchLevel::undecided).containsExactly(true, false);
    assertThat(longer.get(1).startSecond()).isEqualTo(longer.get(0).endSecond());
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
    assertThat(search.phases())
        .extracting(Phase::totalRps)
        .hasSize(16)
        .startsWith(100.0, 100.0, 50.0, 50.0, 25.0, 25.0, 12.5, 12.5)
        .containsOnly(100.0, 50.0, 25.0, 12.5);
  }

  @Test
  void oneBadMomentIsNoLimit() {
    LoadSearch search =
        search(
            new KnownSystem(500) {
              @Override
              public double capacityIn(int second) {
                return second >= 15 && second < 18 ? 100 : 500;
              }
            });
    assertThat(search.record().levels())
        .anyMatch(level -> level.rps() == 200 && !level.held())
        .anyMatch(level -> level.rps() == 200 && level.held());
    assertThat(search.record().answerRps()).isBetween(480.0, 515.0);
  }

  /**
   * Once it is overloaded it does less, until nothing waits any more: retries, cold caches, locks.
   */
  private static final class Metastable extends KnownSystem {
    private final double then;
    private boolean overloaded;

    Metastable(double capacity, double then) {
      super(capacity);
      this.then = then;
    }

    @Override
    public double capacityIn(int second) {
      overloaded = waiting() > 0 && (overloaded || waiting() > 100);
      return overloaded ? then : super.capacityIn(second);
    }
  }

  @Test
  void noLevelIsTriedBeforeTheSystemHasComeBackFromTheOneBefore() {
    Metastable system = new Metastable(510, 200);
    LoadSearch search = search(system);

    assertThat(search.record().answerRps()).isBetween(480.0, 520.0);
    assertThat(search.record().stuckRps()).isNull();
    assertThat(search.record().levels())
        .hasSize(17)
        .allSatisfy(level -> assertThat(system.waitingAt(level.startSecond())).isLessThan(150));
  }

  @Test
  void aSystemThatTakesLongToRecoverAgainAndAgainEndsTheSearchWithoutAnAnswer() {
    LoadSearch search = search(new Metastable(510, 160));

    assertThat(search.record().unfinished()).contains("too long to recover");
    assertThat(search.record().answerRps()).isNull();
    assertThat(search.record().stuckRps()).isNull();
  }

  /** Bears a short level and no long one, as where credits of a processor are used up. */
  private static final class Tiring extends KnownSystem {
    private static final double REST = 100;
    private static final int BEARS_SECONDS = 12;
    private int loaded;

    Tiring() {
      super(5000);
    }

    @Override
    public double capacityIn(int second) {
      loaded = second > 0 && started("analytics", second - 1) > REST ? loaded + 1 : 0;
      return loaded > BEARS_SECONDS ? REST / 5 : super.capacityIn(second);
    }
  }

  /** The short holds show the way to the ceiling, the longer ones that it leads nowhere. */
  @Test
  void whatOnlyShortHoldsBearIsNotHeld() {
    LoadSearch search = search(new Tiring());

    assertThat(search.record().answerRps()).isLessThan(Tiring.REST);
    assertThat(search.record().stuckRps()).isNull();
  }

  @Test
  void aSystemThatNeverComesBackEndsTheSearch() {
    LoadSearch search = search(new Metastable(510, 5));

    assertThat(search.isDone()).isTrue();
    assertThat(search.record().answerRps()).isNull();
    assertThat(search.record().brokenRps()).isEqualTo(600);
    assertThat(search.record().stuckRps()).isBetween(20.0, 40.0);
    assertThat(last(search).endSecond()).isLessThan(200);
  }

  @Test
  void aCallMayBeOfOneSecondWhenItIsSentAndOfTheNextWhenItIsAnswered() {
    LoadSearch search =
        search(
            new KnownSystem(333) {
              @Override
              public long slow(String service, int second) {
                long slow = super.slow(service, second);
                return slow == 0 ? 0 : slow + 1;
              }
            });
    assertThat(search.record().answerRps()).isBetween(320.0, 343.0);
  }

  @Test
  void aFaultOfItsOwnEndsTheLoadAndIsSaid() throws InterruptedException {
    KnownSystem broken =
        new KnownSystem(500) {
          @Override
          public long started(String service, int second) {
            throw new IllegalStateException("counts are gone");
          }
        };
    LoadTime time = new LoadTime();
    LoadSearch search =
        new LoadSearch(
            SEARCH,
            thinning,
            LevelRules.of(SyntheticRun.CONFIG, List.of("analytics")),
            broken,
            facts());
    time.userStarts();
    try (SearchClock clock = new SearchClock(time, search)) {
      clock.awaitEnd(Duration.ofSeconds(30));
      assertThat(search.isDone()).isTrue();
      assertThat(search.record().unfinished()).contains("counts are gone");
      assertThat(thinning.share()).isZero();
      assertThat(last(search).endSecond()).as("what was not sent is no phase").isLessThan(15);
    }
  }

  @Test
  void phasesFollowOneAnotherWithoutGaps() {
    List<Phase> phases = search(333).phases();
    assertThat(phases).hasSize(39);
    int end = 0;
    for (Phase phase : phases) {
      assertThat(phase.startSecond()).isEqualTo(end);
      end = phase.endSecond();
    }
  }
}
