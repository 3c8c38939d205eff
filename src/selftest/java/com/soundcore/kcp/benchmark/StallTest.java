package com.soundcore.kcp.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallTest {
  private static final int RATE = 500;

  /** Calls that arrive evenly; those that arrive in the stall are answered when it is over. */
  private static double counted(double seconds, double stallSeconds) {
    double[] waits = new double[(int) (seconds * RATE)];
    for (int i = 0; i < waits.length; i++) {
      double arrival = (double) i / RATE;
      double into = arrival - seconds / 3;
      waits[i] = into >= 0 && into < stallSeconds ? (stallSeconds - into) * 1000 : 0;
    }
    Arrays.sort(waits);
    return waits[(int) Math.ceil(0.99 * waits.length) - 1];
  }

  @ParameterizedTest
  @CsvSource({"60, 2", "75, 2", "77.5, 2", "60, 1", "30, 0.5", "300, 2"})
  void theExactPercentileIsThatOfTheCallsThatArrive(double seconds, double stall) {
    assertThat(Stall.exactMillis(seconds, stall))
        .isCloseTo(counted(seconds, stall), within(2 * 1000.0 / RATE));
  }
}
