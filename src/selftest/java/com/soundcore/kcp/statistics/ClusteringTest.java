package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference values are those of NumPy: with H hits and C calls of each of k blocks, p = H.sum()
 * / C.sum() and r = H - p * C, the effect is {@code (r**2).sum() * k / (k - 1) / C.sum() / (p * (1
 * - p))}, the correlation of neighbours {@code (r[1:] * r[:-1]).sum() / (r**2).sum()}.
 */
class ClusteringTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static long[] of(int seconds, long each) {
    long[] values = new long[seconds];
    Arrays.fill(values, each);
    return values;
  }

  @Test
  void callsThatFailTogetherCountForLess() {
    long[] hits = {0, 0, 0, 0, 8, 0, 0, 0, 0, 0};
    long[] calls = {10, 10, 10, 10, 20, 10, 10, 10, 10, 10};
    Clustering clustering = Clustering.of(hits, calls);
    assertThat(clustering.designEffect()).isCloseTo(7.1301247771836, EXACT);
    assertThat(clustering.blocks()).isEqualTo(10);
    assertThat(clustering.blocksWithHits()).isEqualTo(1);
    assertThat(clustering.episodes()).isEqualTo(1);
    assertThat(clustering.isResolved()).isTrue();
  }

  @Test
  void blocksGetLongerUntilNeighboursAreIndependent() {
    long[] burst = {0, 0, 0, 5, 5, 0, 0, 0, 0, 0, 4, 6, 0, 0, 0, 5, 5, 0, 0, 0, 0, 0, 4, 6};
    // Seconds correlate (0.28): their effect is 4.299. Blocks of two do not (-0.37).
    assertThat(Clustering.of(burst, of(24, 10)))
        .isEqualTo(new Clustering(5.454545454545455, 12, 6, 4, true));
  }

  @Test
  void anEpisodeInTheLastSecondsIsNotCutOff() {
    long[] hits = of(319, 0);
    Arrays.fill(hits, 306, 319, 10L);
    Clustering clustering = Clustering.of(hits, of(319, 50));
    assertThat(clustering.episodes()).isEqualTo(1);
    assertThat(clustering.designEffect()).isGreaterThan(100);
  }

  @Test
  void anEpisodeAsLongAsTheBlocksIsNotResolved() {
    long[] hits = of(300, 0);
    Arrays.fill(hits, 100, 200, 5L);
    Clustering clustering = Clustering.of(hits, of(300, 50));
    assertThat(clustering.isResolved()).isFalse();
    assertThat(clustering.isCovered()).isFalse();
  }

  @Test
  void nineSecondsAreTooFew() {
    long[] hits = {0, 0, 0, 0, 8, 0, 0, 0, 0};
    assertThat(Clustering.of(hits, of(9, 10))).isEqualTo(Clustering.NONE);
  }

  @Test
  void evenFailuresAreNoBetterThanIndependentOnes() {
    Clustering even = Clustering.of(of(24, 1), of(24, 10));
    assertThat(even.designEffect()).isEqualTo(1);
    assertThat(even.worthToUpper(0.95)).isEqualTo(1);
    assertThat(even.worthToLower(0.95)).isEqualTo(1);
    assertThat(even.isCovered()).isTrue();
  }

  @Test
  void aShareOfNothingOrOfAllHasNoClusters() {
    assertThat(Clustering.of(of(24, 0), of(24, 10))).isEqualTo(Clustering.NONE);
    assertThat(Clustering.of(of(24, 10), of(24, 10))).isEqualTo(Clustering.NONE);
    assertThat(Clustering.of(of(24, 0), of(24, 0))).isEqualTo(Clustering.NONE);
  }

  /** SciPy: {@code (norm.ppf(.95) / t.ppf(.95, df))**2 / effect}. */
  @ParameterizedTest
  @CsvSource({
    "1, 8, 0.074413639888593",
    "5, 8, 0.074413639888593",
    "6, 4, 0.166580273068776",
    "10, 2, 0.4025743266132477",
    "10, 1, 1"
  })
  void fewBlocksMakeACallWorthLess(int blocks, double effect, double worth) {
    assertThat(new Clustering(effect, 500, blocks, 20, true).worthToUpper(0.95))
        .isCloseTo(worth, within(1e-9));
    assertThat(new Clustering(effect, blocks, 1, 20, true).worthToLower(0.95))
        .isCloseTo(worth, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, true",
    "2, 5, 4, false",
    "2, 5, 5, true",
    "2, 4, 5, false",
    "2, 6, 1, true"
  })
  void aFewEpisodesAllowNoStatedConfidence(
      double effect, int blocksWithHits, int episodes, boolean covered) {
    assertThat(new Clustering(effect, 10, blocksWithHits, episodes, true).isCovered())
        .isEqualTo(covered);
  }

  @Test
  void aSingleHitIsNoCluster() {
    long[] hits = of(60, 0);
    hits[7] = 1;
    Clustering single = Clustering.of(hits, of(60, 7));
    assertThat(single.isClustered()).isFalse();
    assertThat(single.episodes()).isEqualTo(1);
  }

  /** The share of calls that are beyond the limit in the long run is 4 % in each of them. */
  @ParameterizedTest
  @CsvSource({"INDEPENDENT", "SHORT_EPISODES", "LONG_EPISODES"})
  void bothBoundsMissTheTruthInOneRunOfTwenty(Process process) {
    int runs = 1000;
    int above = 0;
    int below = 0;
    for (int run = 0; run < runs; run++) {
      long[] hits = process.run(new SplittableRandom(run));
      long[] calls = of(hits.length, 50);
      Clustering clustering = Clustering.of(hits, calls);
      above += effective(hits, clustering.worthToUpper(0.95)).upper(0.95) < 0.04 ? 1 : 0;
      below += effective(hits, clustering.worthToLower(0.95)).lower(0.95) > 0.04 ? 1 : 0;
    }
    // 68 of 1,000 is what chance brings in one of a hundred tests where 5 % is the truth.
    assertThat(above).isLessThanOrEqualTo(68);
    assertThat(below).isLessThanOrEqualTo(68);
  }

  private static Proportion effective(long[] hits, double worth) {
    return new Proportion(Arrays.stream(hits).sum() * worth, 50 * hits.length * worth);
  }

  private enum Process {
    INDEPENDENT(1, 0),
    /** A second in ten begins or is in an episode of 2 s on average. */
    SHORT_EPISODES(0.1, 0.5),
    /** The same of 8 s, in a hold of 20 minutes. */
    LONG_EPISODES(0.1, 0.875);

    private final double share;
    private final double lasts;

    Process(double share, double lasts) {
      this.share = share;
      this.lasts = lasts;
    }

    /** Hits by second: a Markov chain is in an episode or not (Gilbert's model). */
    long[] run(SplittableRandom random) {
      long[] hits = new long[this == LONG_EPISODES ? 1200 : 300];
      boolean in = random.nextDouble() < share;
      double begins = share * (1 - lasts) / (1 - share);
      for (int second = 0; second < hits.length; second++) {
        for (int call = 0; in && call < 50; call++) {
          hits[second] += random.nextDouble() < 0.04 / share ? 1 : 0;
        }
        in = share == 1 || random.nextDouble() < (in ? lasts : begins);
      }
      return hits;
    }
  }
}
