package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvabilityTest {
  private static Provability errors(double share, long calls) {
    return new Provability(Limit.errors(share), calls, 0.95);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 58, false", "0.05, 59, true", "0, 0, true"})
  void aLimitCanBeProvedFromEnoughCallsOn(double share, long calls, boolean possible) {
    assertThat(errors(share, calls).isPossible()).isEqualTo(possible);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 59, false", "0.05, 100000, true", "0, 0, true", "1e-9, 1000000001, true"})
  void manyCallsProveItForCertain(double share, long calls, boolean certain) {
    assertThat(errors(share, calls).isCertain()).isEqualTo(certain);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 100, 0, false", "0.05, 1000, 1, true", "0, 0, 1, true"})
  void someCallsTell(double share, long calls, int doubtful, boolean can) {
    assertThat(errors(share, calls).canTell(doubtful)).isEqualTo(can);
  }

  @Test
  void manyDoubtfulLimitsNeedMoreCalls() {
    assertThat(errors(0.05, 300).canTell(1)).isTrue();
    assertThat(errors(0.05, 300).canTell(1_000_000)).isFalse();
  }

  @Test
  void clusteredCallsCountForLess() {
    assertThat(errors(0.05, 100).clustered(1.7)).isEqualTo(errors(0.05, 59));
  }

  @Test
  void saysWhatThePlanProves() {
    assertThat(errors(0.05, 58).inWords())
        .isEqualTo("58 calls cannot prove it; it takes 59 without one error");
    assertThat(errors(0.05, 59).inWords())
        .isEqualTo("59 calls prove it with at most 0 errors (0 %)");
    assertThat(new Provability(new Limit("p95", 0.05, 300), 100, 0.95).inWords())
        .isEqualTo("100 calls prove it with at most 1 slow call (1 %)");
  }
}
