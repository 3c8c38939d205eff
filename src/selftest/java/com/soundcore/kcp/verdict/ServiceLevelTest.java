package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.statistics.Clustering;
import com.soundcore.kcp.verdict.Gate.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceLevelTest {
  private static ServiceLevel errors(double share, long beyond, long calls) {
    return new ServiceLevel("auth", Limit.errors(share), new CallSample(beyond, calls), 0.95);
  }

  private static Provability planned(double share, long calls) {
    return new Provability(Limit.errors(share), calls, 0.95);
  }

  /** Without a miss, 59 calls are the fewest that prove 5 % with 95 % confidence: 0.95^59. */
  @ParameterizedTest
  @CsvSource({"0, 0, false", "0, 58, false", "0, 59, true", "1, 92, false", "1, 93, true"})
  void aShareIsProvedFromEnoughCallsOn(long beyond, long calls, boolean proved) {
    assertThat(errors(0.05, beyond, calls).isProved()).isEqualTo(proved);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false, false", "0, 1, true, false", "1, 1000000, false, true"})
  void noErrorsMeansNotOne(long beyond, long calls, boolean proved, boolean refuted) {
    assertThat(errors(0, beyond, calls).isProved()).isEqualTo(proved);
    assertThat(errors(0, beyond, calls).isRefuted()).isEqualTo(refuted);
  }

  @ParameterizedTest
  @CsvSource({"2, 2, false", "3, 3, true", "3, 1000, false"})
  void fewerThanThreeMissesRefuteNothing(long beyond, long calls, boolean refuted) {
    assertThat(errors(0.05, beyond, calls).isRefuted()).isEqualTo(refuted);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 58, 59, NO_DATA",
    "0, 59, 59, PASS",
    "59, 59, 59, FAIL",
  })
  void enoughCallsAreJudged(long beyond, long calls, long fewest, Outcome outcome) {
    assertThat(errors(0.05, beyond, calls).outcome(planned(0.05, calls), 1, fewest, 1))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"58, NOT_PROVED", "100000, UNDECIDED"})
  void anOpenLimitIsExcusedOnlyByThePlan(long planned, Outcome outcome) {
    assertThat(errors(0.05, 0, 58).outcome(planned(0.05, planned), 1, 1, 1)).isEqualTo(outcome);
    assertThat(errors(0.05, 1, 20).outcome(planned(0.05, planned), 1, 1, 1)).isEqualTo(outcome);
  }

  private static ServiceLevel clustered(long beyond, long calls, Clustering how) {
    return new ServiceLevel("auth", Limit.errors(0.05), new CallSample(beyond, calls, how), 0.95);
  }

  @Test
  void callsThatClusterExcuseAnOpenLimitThatIsKept() {
    ServiceLevel level = clustered(1, 100, new Clustering(1000, 300, 300, 20, true));
    assertThat(level.outcome(planned(0.05, 10_000), 1, 1, 1)).isEqualTo(Outcome.NOT_PROVED);
    assertThat(level.outcome(planned(0.05, 10_000_000), 1, 1, 1)).isEqualTo(Outcome.UNDECIDED);
  }

  /** A plan is made for a system with half of what is allowed. */
  @ParameterizedTest
  @CsvSource({"25, NOT_PROVED", "26, UNDECIDED"})
  void aboveHalfOfALimitClustersAreNoExcuse(long beyond, Outcome outcome) {
    ServiceLevel level = clustered(beyond, 1000, new Clustering(20, 300, 300, 20, true));
    assertThat(level.outcome(planned(0.05, 10_000), 1, 1, 1)).isEqualTo(outcome);
  }

  /**
   * SciPy, with w = (norm.ppf(.95) / t.ppf(.95, 9))**2 / 4: beta.ppf(.95, 20*w + 1, 980*w) is
   * 0.04507, beta.ppf(.05, 20*w, 980*w + 1) is 0.00689.
   */
  @Test
  void bothBoundsAllowForClusters() {
    CallSample sample = new CallSample(20, 1000, new Clustering(4, 10, 10, 12, true));
    assertThat(sample.upper(0.95)).isCloseTo(0.04506798243892992, within(1e-9));
    assertThat(sample.lower(0.95)).isCloseTo(0.006890398024306103, within(1e-9));
  }

  /** 100 of 1,000 independent calls would refute 5 %. */
  @Test
  void oneEpisodeBeyondTheLimitRefutesNothingAndIsNoCaveatEither() {
    assertThat(errors(0.05, 100, 1000).isRefuted()).isTrue();
    ServiceLevel one = clustered(100, 1000, new Clustering(80, 10, 1, 1, true));
    assertThat(one.isRefuted()).isFalse();
    assertThat(one.outcome(planned(0.05, 58), 1000, 1, 1)).isEqualTo(Outcome.UNDECIDED);
  }

  @Test
  void noConfidenceIsStatedThatTheMethodDoesNotCover() {
    assertThat(clustered(20, 1000, new Clustering(4, 10, 10, 12, true)).boundInWords())
        .isEqualTo("; at most 4.507 % with 95 % confidence");
    assertThat(clustered(20, 1000, new Clustering(4, 100, 10, 4, true)).boundInWords())
        .isEqualTo("; at most 4.507 % (too few episodes to state a confidence)");
    assertThat(clustered(20, 1000, new Clustering(4, 10, 10, 12, false)).boundInWords())
        .isEqualTo("; at most 4.507 % (episodes too long to state a confidence)");
  }

  /** Bounds of Clopper and Pearson: of 59 in 1,480 at most 4.93 %, of 45 in 690 at least 5.04 %. */
  @ParameterizedTest
  @CsvSource({"8, 200, 7.4", "13, 200, 3.45"})
  void anOpenLimitSaysHowManyTimesAsManyCallsDecideIt(long beyond, long calls, double times) {
    ServiceLevel level = errors(0.05, beyond, calls);
    assertThat(level.isProved() || level.isRefuted()).isFalse();
    assertThat(level.decidedAfter()).hasValueCloseTo(times, within(times * 0.1));
  }

  @Test
  void noNumberOfCallsDecidesALimitThatIsMetExactly() {
    assertThat(errors(0.05, 50, 1000).decidedAfter()).isEmpty();
  }

  @Test
  void theBoundThatDecidedIsTheOneInWords() {
    // 1 - 0.05^(1/59) and 0.05^(1/3)
    assertThat(errors(0.05, 0, 59).boundInWords())
        .isEqualTo("; at most 4.951 % with 95 % confidence");
    assertThat(errors(0.05, 3, 3).boundInWords())
        .isEqualTo("; at least 36.84 % with 95 % confidence");
    assertThat(errors(0, 1, 59).boundInWords()).isEmpty();
    Limit slow = new Limit("p95", 0.05, 1500);
    assertThat(new ServiceLevel("auth", slow, new CallSample(0, 59), 0.95).boundInWords())
        .isEqualTo("; at most 4.951 % of the calls take 1,500 ms or longer with 95 % confidence");
  }
}
