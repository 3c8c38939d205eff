package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.Gate.Outcome;
import com.soundcore.kcp.verdict.comparison.Comparison;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final GeneratorHealth HEALTHY = generator();
  private static final String DISTURBED =
      "the generator itself paused or waited at that time: auth is slow";

  private static GeneratorHealth generator(String... messages) {
    return new GeneratorHealth("any", 1, 1, 0, 0, 0, 0, 0, List.of(messages));
  }

  private static Gate gate(Outcome outcome, String message) {
    return new Gate("auth.p95", "auth", "p95", 1.0, "ms", 1, outcome, message);
  }

  private static final Gate PASS = gate(Outcome.PASS, "fine");
  private static final Gate FAIL = gate(Outcome.FAIL, "slow");
  private static final Gate UNKNOWN = gate(Outcome.NO_DATA, "unknown");
  private static final Gate OPEN = gate(Outcome.NOT_PROVED, "open");

  private static void assertVerdict(Verdict verdict, Status status, String... reasons) {
    assertThat(verdict.status()).isEqualTo(status);
    assertThat(verdict.reasons()).containsExactly(reasons);
  }

  @Test
  void aRunWhoseGatesAllHeldPasses() {
    assertVerdict(
        Verdict.of(List.of(), List.of(PASS, PASS), HEALTHY), Status.PASS, "all 2 gates held");
  }

  @Test
  void aGateThatThePlanCannotProveIsNoFailure() {
    Verdict verdict = Verdict.of(List.of(), List.of(PASS, OPEN, PASS), HEALTHY);
    assertVerdict(verdict, Status.PASS, "2 of 3 gates held, 1 not proved");
    assertThat(verdict.notProved()).containsExactly("open");
  }

  @Test
  void aFailedGateWeighsMoreThanOneThatIsUnknown() {
    assertVerdict(
        Verdict.of(List.of(), List.of(UNKNOWN, FAIL, PASS), HEALTHY),
        Status.FAIL,
        "slow",
        "unknown");
  }

  @Test
  void aGateThatALongerRunDecidesIsNoPassAndWeighsLeast() {
    Gate undecided = gate(Outcome.UNDECIDED, "near");
    assertVerdict(
        Verdict.of(List.of(), List.of(PASS, undecided), HEALTHY), Status.UNDECIDED, "near");
    assertVerdict(
        Verdict.of(List.of(), List.of(undecided, FAIL), HEALTHY), Status.FAIL, "slow", "near");
    assertVerdict(
        Verdict.of(List.of(), List.of(undecided, UNKNOWN), HEALTHY),
        Status.INVALID,
        "unknown",
        "near");
  }

  @Test
  void anUnknownGateProvesNothing() {
    assertVerdict(
        Verdict.of(List.of(), List.of(PASS, UNKNOWN, UNKNOWN), HEALTHY), Status.INVALID, "unknown");
  }

  @Test
  void aRunWithoutGatesProvesNothing() {
    assertVerdict(
        Verdict.of(List.of(), List.of(), HEALTHY),
        Status.INVALID,
        "there is nothing to judge: no gate applies to this run");
  }

  @Test
  void theGeneratorsFaultComesBeforeTheGatesThatItSpoiled() {
    Verdict verdict =
        Verdict.of(
            List.of(DISTURBED, "cut"), List.of(PASS, FAIL, UNKNOWN), generator("late", "full"));
    assertVerdict(verdict, Status.INVALID, "cut", "late", "full", DISTURBED, "slow", "unknown");
    assertThat(verdict.interruptions()).containsExactly(DISTURBED, "cut");
  }

  @Test
  void eachKindOfFaultAloneProvesNothing() {
    assertVerdict(Verdict.of(List.of("cut"), List.of(PASS), HEALTHY), Status.INVALID, "cut");
    assertVerdict(
        Verdict.of(List.of(DISTURBED), List.of(PASS), HEALTHY), Status.INVALID, DISTURBED);
    assertVerdict(Verdict.of(List.of(), List.of(PASS), generator("late")), Status.INVALID, "late");
  }

  @Test
  void gatesAndDoubtsOfTheFindingsAreJudgedWithTheOthers() {
    Comparison earlier = new Comparison("nightly", "", List.of(), List.of());
    Verdict before = Verdict.of(List.of("cut"), List.of(PASS), HEALTHY).beside(List.of(earlier));
    Verdict whole = before.with(List.of(FAIL), List.of("a doubt"));
    assertVerdict(whole, Status.INVALID, "cut", "a doubt", "slow");
    assertThat(whole.interruptions()).containsExactly("cut", "a doubt");
    assertThat(whole.gates()).containsExactly(PASS, FAIL);
    assertThat(whole.generator()).isSameAs(HEALTHY);
    assertThat(whole.comparisons()).containsExactly(earlier);
    assertVerdict(
        Verdict.of(List.of(), List.of(PASS), HEALTHY).with(List.of(FAIL), List.of()),
        Status.FAIL,
        "slow");
  }

  @Test
  void theBaselineIsTheFirstOfTheEarlierRunsAndDecidesNothing() {
    Verdict alone = Verdict.of(List.of(), List.of(PASS), HEALTHY);
    assertThat(alone.baseline()).isEmpty();
    Comparison first = new Comparison("first", "", List.of("unlike"), List.of());
    Comparison second = new Comparison("second", "", List.of(), List.of());
    Verdict beside = alone.beside(List.of(first, second));
    assertThat(beside.baseline()).contains(first);
    assertVerdict(beside, Status.PASS, "all 1 gates held");
  }
}
