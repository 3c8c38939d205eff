package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorSampleTest {
  @ParameterizedTest
  @CsvSource({
    "300, 0, 0, 0, 300",
    "300, 100, 0, 0, 200",
    "300, 0, 120, 0, 180",
    "300, 0, 0, 0.125, 175",
    "300, 100, 120, 0.0625, 180",
    "300, 130, 120, 0.125, 170",
    "300, 100, 120, 0.25, 50",
    "300, 300, 0, 0, 0",
    "300, 400, 0, 0, 0",
  })
  void aLoopIsFullForWhatNoPauseThrottlingOrStealExplains(
      double late, double paused, double throttled, double steal, double full) {
    GeneratorSample sample =
        new GeneratorSample(7, 0.3, 0.7, 999, paused, 888, 100, throttled, steal, late, 0, 0);
    assertThat(sample.fullLoopMs()).isEqualTo(full);
  }

  @Test
  void theShortFormIsNeitherThrottledNorRobbedNorLate() {
    assertThat(new GeneratorSample(7, 0.3, 0.7, 4, 5, 6, 100))
        .isEqualTo(new GeneratorSample(7, 0.3, 0.7, 4, 5, 6, 100, 0, 0, 0, 0, 0));
  }
}
