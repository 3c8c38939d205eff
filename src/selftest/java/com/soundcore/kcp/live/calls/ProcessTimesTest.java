package com.soundcore.kcp.live.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTimesTest {
  private static final int ANSWERS = 50_000;

  private final ProcessTimes times = new ProcessTimes();

  /** Fast in the first half of an interval, slow in the second: the mean is between the two. */
  private int halfFastHalfSlow() {
    int looked = 0;
    for (int i = 0; i < ANSWERS; i++) {
      if (times.wants("knowledge")) {
        looked++;
        times.add("knowledge", i < ANSWERS / 2 ? 10 : 30);
      }
    }
    return looked;
  }

  @Test
  void aSampleLiesEvenlyOverTheTimeBetweenTwoReadings() {
    assertThat(halfFastHalfSlow()).isEqualTo(ANSWERS);
    assertThat(times.meansThenReset().get("knowledge")).isEqualTo(20);
    assertThat(halfFastHalfSlow()).isEqualTo(500);
    assertThat(times.meansThenReset().get("knowledge")).isEqualTo(20);
  }

  @Test
  void fewAnswersAreAllLookedAt() {
    for (int reading = 0; reading < 3; reading++) {
      for (int i = 0; i < 60; i++) {
        assertThat(times.wants("auth")).isTrue();
        times.add("auth", 5);
      }
      assertThat(times.meansThenReset()).containsEntry("auth", 5.0);
    }
    assertThat(times.meansThenReset()).isEmpty();
  }

  @Test
  void nothingIsLookedAtThatNobodyReads() {
    times.wanted(false);
    assertThat(times.wants("auth")).isFalse();
  }
}
