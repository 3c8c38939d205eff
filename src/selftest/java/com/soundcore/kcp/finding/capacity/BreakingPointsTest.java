package com.soundcore.kcp.finding.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Outcome;
import com.soundcore.kcp.run.SearchRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakingPointsTest {
  private static Level held(double rps) {
    return new Level("hold", 5, 0, rps, rps, true, null, null, "", List.of(), true, false);
  }

  private static Level heldAt(int second, double rps) {
    return new Level("hold", second, 0, rps, rps, true, null, null, "", List.of(), true, false);
  }

  private static Level broken(double rps) {
    return new Level(
        "hold", 5, 0, rps, rps, false, "auth", "login", "slow", List.of(), true, false);
  }

  private static Level notSent(int second, double rps) {
    return new Level(
        "hold", second, 0, rps, rps, false, "auth", null, "few", List.of(), false, false);
  }

  private static SearchRecord search(Double answer, Double broken, Double stuck) {
    return new SearchRecord(answer, broken, List.of(), stuck, null);
  }

  private static BreakingPoint fixed(Level... levels) {
    return BreakingPoints.of(null, List.of(levels), false, 0.95).orElseThrow();
  }

  private static BreakingPoint searched(SearchRecord search, Level... levels) {
    return BreakingPoints.of(search, List.of(levels), false, 0.95).orElseThrow();
  }

  @Test
  void aRunWithoutALevelHasNoAnswer() {
    assertThat(BreakingPoints.of(null, List.of(), true, 0.95)).isEmpty();
  }

  @Test
  void theAnswerLiesBetweenTheHighestLevelThatHeldAndTheLowestAboveItThatBroke() {
    BreakingPoint answer =
        fixed(held(100), broken(150), held(200), broken(400), broken(300), held(50));
    assertThat(answer)
        .isEqualTo(
            new BreakingPoint(
                Outcome.FOUND,
                held(200),
                broken(300),
                null,
                "holds 200 req/s and not 300 req/s; auth fails first, login: slow"));
  }

  @Test
  void aLevelThatBrokeAtTheLoadThatHeldIsNoLimit() {
    BreakingPoint answer = fixed(broken(200), held(200));
    assertThat(answer)
        .isEqualTo(
            new BreakingPoint(
                Outcome.NOT_FOUND, held(200), null, null, "holds 200 req/s, the highest level"));
  }

  @Test
  void notEvenTheLowestLevelHeld() {
    assertThat(fixed(broken(200), broken(100)))
        .isEqualTo(
            new BreakingPoint(
                Outcome.BELOW_FIRST,
                null,
                broken(100),
                null,
                "holds less than 100 req/s, the lowest level; auth fails first, login: slow"));
  }

  @Test
  void usersAreNamedWhereThereAreAny() {
    Level users = new Level("hold", 5, 1, 100, 100, true, null, null, "", List.of(), true, false);
    assertThat(fixed(users).sentence()).isEqualTo("holds 1 users (100 req/s), the highest level");
  }

  @Test
  void servicesThatWereNotJudgedInTheAnswerAreNamed() {
    List<String> few = List.of("auth", "content");
    Level blind = new Level("hold", 5, 0, 100, 100, true, null, null, "", few, true, false);
    assertThat(fixed(blind).sentence())
        .isEqualTo(
            "holds 100 req/s, the highest level; too few calls of auth, content to judge it");
  }

  @Test
  void aBreachNamesItsOperationWhereThatIsKnown() {
    Level service =
        new Level("hold", 5, 0, 200, 200, false, "auth", null, "slow", List.of(), true, false);
    Level nothing =
        new Level("hold", 5, 0, 200, 200, false, null, null, "", List.of(), true, false);
    assertThat(fixed(held(100), service).sentence())
        .isEqualTo("holds 100 req/s and not 200 req/s; auth fails first: slow");
    assertThat(fixed(held(100), nothing).sentence())
        .isEqualTo("holds 100 req/s and not 200 req/s; the log does not show why");
  }

  @Test
  void aGeneratorThatWasSaturatedIsTheLimit() {
    assertThat(BreakingPoints.of(null, List.of(held(100), broken(200)), true, 0.95))
        .contains(
            new BreakingPoint(
                Outcome.GENERATOR,
                held(100),
                broken(200),
                null,
                "was limited by the generator; 100 req/s held"));
    assertThat(BreakingPoints.of(null, List.of(broken(200)), true, 0.95).orElseThrow().sentence())
        .isEqualTo("was limited by the generator");
  }

  /** The same level must have held afterwards; its planned rate is a multiple of 0.1. */
  @ParameterizedTest
  @CsvSource({
    "6, 0.2, NOT_FOUND",
    "6, 0.1, NOT_FOUND",
    "6, 0.25, GENERATOR",
    "5, 0.2, GENERATOR",
    "4, 0.2, GENERATOR"
  })
  void aLevelThatWasNotSentIsTheGeneratorsLimitUnlessItHeldAfterwards(
      int second, double rps, Outcome outcome) {
    assertThat(fixed(notSent(5, 0.1), heldAt(second, rps)).outcome()).isEqualTo(outcome);
  }

  @Test
  void aLaterLevelThatBrokeDoesNotExcuseOneThatWasNotSent() {
    Level later =
        new Level("hold", 9, 0, 100, 100, false, "auth", null, "", List.of(), true, false);
    assertThat(fixed(notSent(5, 100), later).outcome()).isEqualTo(Outcome.GENERATOR);
  }

  @Test
  void aSearchHasItsOwnAnswerWithItsPrecision() {
    BreakingPoint answer =
        searched(
            new SearchRecord(800.0, 1000.0, List.of(), null, null, 784.0),
            held(900),
            broken(950),
            held(800),
            broken(1000));
    assertThat(answer)
        .isEqualTo(
            new BreakingPoint(
                Outcome.FOUND,
                held(800),
                broken(1000),
                new BreakingPoint.Interval(784, 1000.0, 95),
                "holds 800 req/s (95 %: 784 to 1,000); auth fails first, login: slow"));
  }

  private static Level undecided(double rps) {
    return new Level("hold", 5, 0, rps, rps, false, null, null, "open", List.of(), true, true);
  }

  @Test
  void levelsThatWereNeitherProvedNorRefutedLieBetween() {
    assertThat(fixed(held(100), undecided(150), broken(200)).sentence())
        .isEqualTo(
            "holds 100 req/s and not 200 req/s (150 req/s: neither proved nor refuted);"
                + " auth fails first, login: slow");
    assertThat(fixed(held(100), undecided(150)).sentence())
        .isEqualTo("holds at least 100 req/s; no level above it was refuted");
    assertThat(fixed(undecided(100), broken(200)).outcome()).isEqualTo(Outcome.NOT_CONFIRMED);
  }

  /** A thousandth of 900 req/s and 0.1 are 1 req/s. */
  @ParameterizedTest
  @CsvSource({"901, true", "901.1, false", "899, true", "898.9, false"})
  void aLevelIsTheSearchsWithinRounding(double rps, boolean same) {
    assertThat(searched(search(900.0, null, null), held(rps)).outcome())
        .isEqualTo(same ? Outcome.NOT_FOUND : Outcome.NOT_CONFIRMED);
    // A level of the other outcome counts where there is no other.
    assertThat(searched(search(900.0, null, null), broken(rps)).lastHeld())
        .isEqualTo(same ? broken(rps) : null);
  }

  @ParameterizedTest
  @CsvSource({"901", "899"})
  void aLevelOfTheRightOutcomeWithinRoundingGoesBeforeAnotherOfTheVeryRate(double rps) {
    assertThat(searched(search(900.0, null, null), held(rps), broken(900)).lastHeld())
        .isEqualTo(held(rps));
  }

  @Test
  void ofSeveralHoldsAtOneRateTheLastOfTheRightOutcomeCounts() {
    BreakingPoint answer =
        searched(
            search(900.0, null, null), heldAt(5, 900), heldAt(50, 900), broken(900), held(700));
    assertThat(answer.lastHeld()).isEqualTo(heldAt(50, 900));
    assertThat(searched(search(900.0, null, null), broken(900), notSentLast()).lastHeld())
        .isEqualTo(notSentLast());
  }

  private static Level notSentLast() {
    return new Level("last", 90, 0, 900, 900, false, "auth", null, "slow", List.of(), true, false);
  }

  @Test
  void aSearchWithoutAnyLevelOfItsOwnEndedTooEarly() {
    assertThat(searched(search(null, null, null), held(100)))
        .isEqualTo(
            new BreakingPoint(
                Outcome.NOT_CONFIRMED,
                null,
                null,
                null,
                "has no answer: the search ended too early"));
  }

  @Test
  void aSearchThatConfirmedNothingSaysWhatBroke() {
    assertThat(searched(search(null, 200.0, null), held(100), broken(200)))
        .isEqualTo(
            new BreakingPoint(
                Outcome.NOT_CONFIRMED,
                null,
                broken(200),
                null,
                "has no level that was proved to hold; 200 req/s broke; auth fails first, login:"
                    + " slow"));
    assertThat(searched(search(null, 200.0, null), broken(200)).outcome())
        .isEqualTo(Outcome.BELOW_FIRST);
  }

  @Test
  void aSystemThatDidNotRecoverHeldTheHighestLevelBelowTheOneThatBroke() {
    assertThat(searched(search(null, 200.0, 50.0), held(50), held(100), broken(200), held(200)))
        .isEqualTo(
            new BreakingPoint(
                Outcome.NOT_RECOVERED,
                held(100),
                broken(200),
                null,
                "breaks at 200 req/s and did not recover in the time that the search gave it,"
                    + " not even at 50 req/s; auth fails first, login: slow"));
  }

  @Test
  void aSystemThatNeverHeldAndDidNotRecoverHoldsLessThanTheLowestLevel() {
    assertThat(searched(search(null, 200.0, 50.0), broken(200), broken(100)))
        .isEqualTo(
            new BreakingPoint(
                Outcome.BELOW_FIRST,
                null,
                broken(200),
                null,
                "holds less than 200 req/s, the lowest level, and not even 50 req/s afterwards;"
                    + " auth fails first, login: slow"));
  }

  @Test
  void aSystemThatIsStuckWithoutALevelThatBrokeHasTheOrdinaryAnswer() {
    assertThat(searched(search(100.0, null, 50.0), held(100)).outcome())
        .isEqualTo(Outcome.NOT_FOUND);
  }
}
