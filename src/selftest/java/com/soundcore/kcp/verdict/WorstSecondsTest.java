package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A hold from 2 to 16, a ramp to 20 and a hold to 24. */
class WorstSecondsTest {
  private static WorstSeconds worst(double... pauses) {
    List<GeneratorSample> samples =
        IntStream.range(0, pauses.length)
            .mapToObj(second -> new GeneratorSample(second, 0, 0, pauses[second], 0, 0, 0))
            .toList();
    RunMetadata like = new SyntheticRun().facts();
    List<Phase> phases =
        List.of(
            new Phase("ramp", 0, 2, false, 0, 0, Map.of()),
            new Phase("hold 1", 2, 16, true, 0, 0, Map.of()),
            new Phase("ramp", 16, 20, false, 0, 0, Map.of()),
            new Phase("hold 2", 20, 24, true, 0, 0, Map.of()));
    CountsBySecond none = CountsBySecond.NONE;
    RunEnd end = new RunEnd(true, none, none, samples, Map.of(), null, 0, null, null, 0);
    return new WorstSeconds(new RunMetadata(like.setup(), Map.of(), phases, 0, 0, end), Set.of());
  }

  private static double[] spikeAt(int second, double pause) {
    double[] pauses = new double[24];
    pauses[second] = pause;
    return pauses;
  }

  @Test
  void aSpikeIsSharedByTenSeconds() {
    for (int second : new int[] {2, 9, 15}) {
      WorstSeconds worst = worst(spikeAt(second, 100));
      assertThat(worst.mean(GeneratorSample::maxPauseMs)).isEqualTo(10);
      assertThat(worst.largest(GeneratorSample::maxPauseMs)).isEqualTo(100);
    }
  }

  @Test
  void aRampDoesNotCount() {
    for (int second : new int[] {1, 16, 19}) {
      WorstSeconds worst = worst(spikeAt(second, 100));
      assertThat(worst.mean(GeneratorSample::maxPauseMs)).isZero();
      assertThat(worst.largest(GeneratorSample::maxPauseMs)).isZero();
    }
  }

  @Test
  void aShortHoldIsSharedByItsOwnSeconds() {
    assertThat(worst(spikeAt(20, 100)).mean(GeneratorSample::maxPauseMs)).isEqualTo(25);
  }

  @Test
  void nothingSeenIsNothing() {
    assertThat(worst().mean(GeneratorSample::maxPauseMs)).isZero();
    assertThat(worst().largest(GeneratorSample::maxPauseMs)).isZero();
  }
}
