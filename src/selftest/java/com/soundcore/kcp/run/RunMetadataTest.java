package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunMetadataTest {
  private static final Map<String, List<String>> OPERATIONS = Map.of("auth", List.of("me"));
  private static final Phase UP = new Phase("up", 0, 10, false, 20, 50, Map.of("auth", 40.0));
  private static final Phase HOLD = new Phase("hold", 10, 20, true, 20, 101, Map.of("auth", 40.0));
  private static final RunMetadata PART = run(RunSetup.builder().injector(1, 2).build());

  private static RunMetadata run(RunSetup setup) {
    return new RunMetadata(setup, OPERATIONS, List.of(UP, HOLD), 1000, 151, RunEnd.NOT_YET);
  }

  private static RunMetadata merged() {
    return new RunMetadata(
        PART.setup(), OPERATIONS, Map.of(), PART.phases(), 1000, 151, end(null), List.of(PART), 1);
  }

  private static RunEnd end(Stopped stopped) {
    return new RunEnd(
        true,
        new CountsBySecond(Map.of("auth", Map.of(1, 2L))),
        new CountsBySecond(Map.of("auth", Map.of(3, 4L))),
        List.of(new GeneratorSample(0, 0.1, 0.2, 3, 4, 5, 6)),
        Map.of("auth / me", new Answered(7, 8)),
        stopped,
        9,
        10L,
        new SearchRecord(11.0, null, List.of(), null, null),
        12);
  }

  private static List<Phase> stoppedAt(int second) {
    return PART.ended(end(new Stopped(second, "too many errors"))).phases();
  }

  @Test
  void aRunThatReachedItsEndKeepsItsPlan() {
    assertThat(PART.ended(end(null)))
        .isEqualTo(new RunMetadata(PART.setup(), OPERATIONS, PART.phases(), 1000, 151, end(null)));
  }

  @Test
  void aRampThatIsStoppedEndsAtTheLevelThatItHadReached() {
    assertThat(stoppedAt(4))
        .containsExactly(new Phase("up", 0, 4, false, 8, 20, Map.of("auth", 16.0)));
  }

  @Test
  void aHoldThatIsStoppedKeepsItsLevelAndItsShareOfTheArrivals() {
    RunEnd ending = end(new Stopped(15, "too many errors"));
    Phase half = new Phase("hold", 10, 15, true, 20, 51, Map.of("auth", 40.0));
    assertThat(PART.ended(ending))
        .isEqualTo(new RunMetadata(PART.setup(), OPERATIONS, List.of(UP, half), 1000, 101, ending));
  }

  @Test
  void aStopBetweenTwoPhasesCutsNeither() {
    assertThat(stoppedAt(10)).containsExactly(UP);
    assertThat(stoppedAt(11)).extracting(Phase::endSecond).containsExactly(10, 11);
    assertThat(stoppedAt(20)).containsExactly(UP, HOLD);
    assertThat(stoppedAt(0)).isEmpty();
  }

  @Test
  void thePhasesThatCameBringTheirArrivals() {
    Phase other = new Phase("hold", 0, 5, true, 0, 30, Map.of());
    Phase another = new Phase("hold", 5, 9, true, 0, 12, Map.of());
    assertThat(merged().withPhases(List.of(other, another)))
        .isEqualTo(
            new RunMetadata(
                PART.setup(),
                OPERATIONS,
                Map.of(),
                List.of(other, another),
                1000,
                42,
                end(null),
                List.of(PART),
                1));
  }

  @Test
  void aPartKeepsAllButItsLag() {
    RunEnd end = end(new Stopped(15, "too many errors"));
    RunEnd late =
        new RunEnd(
            true,
            end.shedCalls(),
            end.closedConnections(),
            end.generator(),
            end.answered(),
            end.stopped(),
            2500,
            10L,
            end.search(),
            12);
    assertThat(
            new RunMetadata(
                    PART.setup(),
                    OPERATIONS,
                    Map.of(),
                    PART.phases(),
                    1000,
                    151,
                    end,
                    List.of(PART),
                    1)
                .withLag(2500))
        .isEqualTo(
            new RunMetadata(
                PART.setup(),
                OPERATIONS,
                Map.of(),
                PART.phases(),
                1000,
                151,
                late,
                List.of(PART),
                1));
  }

  @Test
  void alterationsOfTheJudgementAreThoseOfTheSetup() {
    RunMetadata judged = merged().judgedWith(List.of("gates"));
    assertThat(judged.setup()).isEqualTo(PART.setup().withAltered(List.of("gates")));
    assertThat(judged.setup().altered()).containsExactly("gates");
    assertThat(judged.parts()).containsExactly(PART);
    assertThat(judged.missing()).isEqualTo(1);
  }

  @Test
  void aCaveatIsAddedOnceAfterThoseThatWereSeen() {
    RunMetadata seen = PART.withCaveats(List.of("one")).withCaveats(List.of("two", "one"));
    assertThat(seen.setup().system().caveats()).containsExactly("one", "two");
  }

  @Test
  void whatAnEarlierVersionDidNotWriteIsEmpty() {
    RunMetadata facts =
        new RunMetadata(PART.setup(), OPERATIONS, null, List.of(), 1000, 0, null, null, 0);
    assertThat(facts.parts()).isEmpty();
    assertThat(facts.end()).isSameAs(RunEnd.NOT_YET);
    assertThat(new RunEnd(false, null, null, null, null, null, 0, null, null, 0))
        .isEqualTo(RunEnd.NOT_YET);
  }

  @Test
  void aRunWithoutPhasesHasNoPlan() {
    RunMetadata without =
        new RunMetadata(PART.setup(), OPERATIONS, List.of(), 1000, 0, RunEnd.NOT_YET);
    assertThat(without.hasPlan()).isFalse();
    assertThat(without.plannedSeconds()).isZero();
    assertThat(PART.hasPlan()).isTrue();
    assertThat(PART.plannedSeconds()).isEqualTo(20);
    assertThat(PART.load().rps(5)).isEqualTo(20);
  }

  @Test
  void onlyTheOpenModelIsOpen() {
    assertThat(run(RunSetup.builder().load("mixed", "open").build()).isOpen()).isTrue();
    assertThat(run(RunSetup.builder().load("mixed", "closed").build()).isOpen()).isFalse();
  }
}
