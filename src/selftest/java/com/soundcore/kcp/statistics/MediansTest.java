package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediansTest {
  @Test
  void itIsTheValueInTheMiddleOrTheMeanOfTheTwo() {
    assertThat(Medians.of(new double[] {9, 1, 5})).isEqualTo(5);
    assertThat(Medians.of(new double[] {9, 1, 5, 7})).isEqualTo(6);
    assertThat(Medians.of(new double[] {3})).isEqualTo(3);
  }

  @Test
  void thatOfNothingIsZero() {
    assertThat(Medians.of(new double[0])).isZero();
  }
}
