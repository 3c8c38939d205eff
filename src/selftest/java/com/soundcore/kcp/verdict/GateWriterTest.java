package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateWriterTest {
  private static final Hold SECOND =
      new Hold(" in hold 6 (3:00 to 5:00)", ".hold-2", 180, 300, 182);
  private static final Hold ONLY = new Hold("", "", 5, 65, 7);

  private final GateWriter write = new GateWriter();

  private static Gate gate(Outcome outcome) {
    return new Gate("auth.p95", "auth", "p95", 7.0, "ms", 9, outcome, "slow", 3.0, null);
  }

  @Test
  void gatesStandInTheirOrder() {
    write.add(gate(Outcome.PASS));
    write.add("a", "auth", "must", 1.0, "calls", 2, true, "met");
    write.add("b", "auth", "must", null, "calls", 3, false, "missed");
    assertThat(write.gates())
        .containsExactly(
            gate(Outcome.PASS),
            new Gate("a", "auth", "must", 1.0, "calls", 2, Outcome.PASS, "met"),
            new Gate("b", "auth", "must", null, "calls", 3, Outcome.FAIL, "missed"));
    assertThat(write.disturbed()).isEmpty();
  }

  @Test
  void aGateOfOneOfSeveralHoldsHasItsName() {
    write.add(SECOND, gate(Outcome.FAIL), false);
    write.add(ONLY, gate(Outcome.FAIL), false);
    assertThat(write.gates())
        .containsExactly(
            new Gate(
                "auth.p95.hold-2",
                "auth",
                "p95",
                7.0,
                "ms",
                9,
                Outcome.FAIL,
                "slow",
                3.0,
                "hold 6 (3:00 to 5:00)"),
            gate(Outcome.FAIL));
    assertThat(write.disturbed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FAIL, true, NO_DATA",
    "FAIL, false, FAIL",
    "PASS, true, PASS",
    "NOT_PROVED, true, NOT_PROVED",
    "NO_DATA, true, NO_DATA"
  })
  void onlyAFailureOfDisturbedSecondsSaysNothing(
      Outcome outcome, boolean passesUndisturbed, Outcome written) {
    write.add(ONLY, gate(outcome), passesUndisturbed);
    assertThat(write.gates()).containsExactly(gate(written));
    if (outcome == written) {
      assertThat(write.disturbed()).isEmpty();
    } else {
      assertThat(write.disturbed())
          .containsExactly("the generator itself paused or waited at that time: slow");
    }
  }

  @Test
  void theFirstThreeSecondsAreNamedAndTheOthersCounted() {
    assertThat(GateWriter.clocks(Set.of())).isEmpty();
    assertThat(GateWriter.clocks(Set.of(130, 65))).isEqualTo("1:05, 2:10");
    assertThat(GateWriter.clocks(Set.of(130, 65, 5))).isEqualTo("0:05, 1:05, 2:10");
    assertThat(GateWriter.clocks(Set.of(130, 131, 65, 5))).isEqualTo("0:05, 1:05, 2:10 and 1 more");
  }
}
