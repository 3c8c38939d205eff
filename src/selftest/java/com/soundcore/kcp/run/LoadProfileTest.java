package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadProfileTest {
  private static final Phase UP = phase("up", 0, 10, false, 20, 40, 10);
  private static final Phase HOLD = phase("hold", 10, 20, true, 20, 40, 10);
  private static final Phase DOWN = phase("down", 20, 24, false, 4, 8, 2);
  private static final LoadProfile LOAD = new LoadProfile(List.of(UP, HOLD, DOWN));

  private static Phase phase(
      String name, int from, int to, boolean hold, long users, double auth, double content) {
    return new Phase(name, from, to, hold, users, 0, Map.of("auth", auth, "content", content));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "2.5, 10, 12.5, 5",
    "9, 36, 45, 18",
    "10, 40, 50, 20",
    "15, 40, 50, 20",
    "19.99, 40, 50, 20",
    "20, 40, 50, 20",
    "21, 32, 40, 16",
    "23, 16, 20, 8",
    "24, 0, 0, 0",
    "99, 0, 0, 0",
  })
  void aRampMovesEvenlyFromTheLevelBeforeItAndAHoldStays(
      double second, double auth, double all, double users) {
    assertThat(LOAD.rps("auth", second)).isCloseTo(auth, within(1e-12));
    assertThat(LOAD.rps(second)).isCloseTo(all, within(1e-12));
    assertThat(LOAD.users(second)).isCloseTo(users, within(1e-12));
    assertThat(LOAD.rps("nobody", second)).isZero();
  }

  @Test
  void aPhaseBeginsWithItsFirstSecondAndEndsBeforeItsLast() {
    assertThat(LOAD.phaseAt(-0.1)).isEmpty();
    assertThat(LOAD.phaseAt(0)).contains(UP);
    assertThat(LOAD.phaseAt(9.9)).contains(UP);
    assertThat(LOAD.phaseAt(10)).contains(HOLD);
    assertThat(LOAD.phaseAt(23.9)).contains(DOWN);
    assertThat(LOAD.phaseAt(24)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"9, false", "10, true", "19, true", "20, false", "24, false"})
  void onlyASecondOfAHoldIsHeld(int second, boolean held) {
    assertThat(LOAD.holds(second)).isEqualTo(held);
  }

  @Test
  void theLoadEndsWithItsLastPhase() {
    assertThat(LOAD.seconds()).isEqualTo(24);
    assertThat(new LoadProfile(List.of()).seconds()).isZero();
  }

  @Test
  void theCallsOfASecondAreThoseOfItsMiddle() {
    assertThat(LOAD.calls("auth", 0, 10)).isCloseTo(200, within(1e-9));
    assertThat(LOAD.calls("auth", 0, 1)).isCloseTo(2, within(1e-12));
    assertThat(LOAD.calls("auth", 9, 12)).isCloseTo(38 + 80, within(1e-9));
    assertThat(LOAD.calls("content", 20, 24)).isCloseTo(24, within(1e-9));
    assertThat(LOAD.calls("auth", 5, 5)).isZero();
  }

  @Test
  void aHoldStartsAtItsOwnRateAndARampAtThatBeforeIt() {
    assertThat(LOAD.rpsAtStartOf(UP)).isZero();
    assertThat(LOAD.rpsAtStartOf(HOLD)).isEqualTo(50);
    assertThat(LOAD.rpsAtStartOf(DOWN)).isEqualTo(50);
    Phase jump = phase("jump", 0, 5, true, 9, 1, 2);
    assertThat(new LoadProfile(List.of(UP)).rpsAtStartOf(jump)).isEqualTo(3);
  }

  @Test
  void aHoldIsAtItsOwnLevelFromItsFirstSecondOn() {
    LoadProfile steps =
        new LoadProfile(
            List.of(phase("low", 0, 10, true, 5, 10, 20), phase("high", 10, 20, true, 9, 40, 30)));
    assertThat(steps.rps("auth", 0)).isEqualTo(10);
    assertThat(steps.rps("auth", 10)).isEqualTo(40);
    assertThat(steps.users(11)).isEqualTo(9);
    assertThat(steps.calls("content", 9, 11)).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"50, 0, 0", "49, 12, 21", "40, 12, 21", "39.9, 12, 22", "5, 12, 24", "20, 30, 30"})
  void theFirstSecondAtMostAtARateIsLookedForFromAMomentOn(double rps, int from, int second) {
    assertThat(LOAD.firstAtMost(rps, from)).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({"10, 20, 15, 7, 3", "10, 21, 16, 8, 4", "0, 1, 1, 1, 0"})
  void theLatterHalfOfAPhaseBeginsInItsMiddle(
      int from, int to, int middle, long arrivals, long half) {
    Map<String, Double> rps = Map.of("auth", 3.0, "content", 4.5);
    Phase phase = new Phase("hold", from, to, true, 12, arrivals, rps);
    assertThat(phase.latterHalf()).isEqualTo(new Phase("hold", middle, to, true, 12, half, rps));
    assertThat(phase.totalRps()).isEqualTo(7.5);
  }
}
