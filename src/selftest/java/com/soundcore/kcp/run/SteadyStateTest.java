package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadyStateTest {
  private static final Phase RAMP = phase(0, 3, false);
  private static final Phase HOLD = phase(3, 8, true);
  private static final Phase SHORT = phase(8, 10, true);

  private static Phase phase(int from, int to, boolean hold) {
    return new Phase("phase", from, to, hold, 0, 0, Map.of());
  }

  @Test
  void onlyTheSecondsOfAHoldPastItsSettlingAreSteady() {
    SteadyState state = new SteadyState(List.of(RAMP, HOLD, SHORT), 2);
    assertThat(state.seconds()).containsExactly(5, 6, 7);
    assertThat(state.isSteady(4)).isFalse();
    assertThat(state.isSteady(5)).isTrue();
    assertThat(state.isSteady(7)).isTrue();
    assertThat(state.isSteady(8)).isFalse();
    assertThat(state.isSteady(10)).isFalse();
    assertThat(new SteadyState(List.of(RAMP, HOLD, SHORT), 1).seconds())
        .containsExactly(4, 5, 6, 7, 9);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2, 0", "3, 1", "7, 1", "8, 2", "9, 2", "10, -1", "99, -1"})
  void everySecondBelongsToItsPhaseAndLaterOnesToNone(int second, int phase) {
    assertThat(new SteadyState(List.of(RAMP, HOLD, SHORT), 2).phaseOf(second)).isEqualTo(phase);
  }

  @Test
  void aGapBetweenPhasesBelongsToNone() {
    SteadyState state = new SteadyState(List.of(RAMP, phase(5, 7, true)), 0);
    assertThat(state.phaseOf(4)).isEqualTo(SteadyState.NO_PHASE);
    assertThat(state.seconds()).containsExactly(5, 6);
  }

  @Test
  void withoutAPlanNoSecondIsSteady() {
    SteadyState state = new SteadyState(List.of(), 0);
    assertThat(state.seconds()).isEmpty();
    assertThat(state.isSteady(0)).isFalse();
    assertThat(state.phaseOf(0)).isEqualTo(SteadyState.NO_PHASE);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "4, 7", "5, 8", "6, 8"})
  void aHoldThatIsTooShortToSettleIsSteadyFromItsEnd(int settleSeconds, int from) {
    assertThat(SteadyState.from(HOLD, settleSeconds)).isEqualTo(from);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 0", "1, 1", "999, 999", "1000, 1000", "1001, 0"})
  void aFirstUserWithinASecondMarksTheStartAndALaterOneWasPlannedSo(int firstUserMs, int originMs) {
    assertThat(SteadyState.originMs(firstUserMs)).isEqualTo(originMs);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "999, 0, 0", "1000, 0, 1", "1299, 300, 0", "1300, 300, 1", "5, 2000, 0"})
  void aTimeOfTheLogIsCountedFromTheStartOfTheLoad(int atMs, int originMs, int second) {
    assertThat(SteadyState.secondOf(atMs, originMs)).isEqualTo(second);
  }
}
