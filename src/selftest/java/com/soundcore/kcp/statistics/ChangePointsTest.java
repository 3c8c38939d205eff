package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.statistics.ChangePoints.Change;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
  private static final double SIGNIFICANCE =
      ConfigLoader.load(new Properties()).trend().significance();
  private static final int SERIES = 1000;
  private static final int NIGHTS = 60;
  private static final double NOISE = 0.05;

  /** Nights around 100, and from one on around that much more. */
  private static double[] series(Random random, int shiftAt, double shift) {
    double[] series = new double[NIGHTS];
    for (int i = 0; i < NIGHTS; i++) {
      double level = i < shiftAt ? 100 : 100 * (1 + shift);
      series[i] = level * (1 + NOISE * random.nextGaussian());
    }
    return series;
  }

  @Test
  void aShiftOfTwiceTheNoiseIsFoundNearItsNight() {
    Random random = new Random(7);
    int near = 0;
    int found = 0;
    for (int i = 0; i < SERIES; i++) {
      int shiftAt = 15 + random.nextInt(30);
      List<Change> changes = ChangePoints.in(series(random, shiftAt, 0.1), SIGNIFICANCE);
      found += changes.isEmpty() ? 0 : 1;
      near += changes.stream().anyMatch(c -> Math.abs(c.index() - shiftAt) <= 2) ? 1 : 0;
    }
    System.out.printf(
        "change points: %d of %d shifts found, %d within two nights%n", found, SERIES, near);
    assertThat(found).isGreaterThanOrEqualTo(SERIES * 99 / 100);
    // The best that any estimate can do at twice the noise is 93 % (Hinkley, 1970).
    assertThat(near).isGreaterThanOrEqualTo(SERIES * 90 / 100);
  }

  @Test
  void aLevelThatStaysHasNoChange() {
    Random random = new Random(8);
    int wrong = 0;
    for (int i = 0; i < SERIES; i++) {
      wrong += ChangePoints.in(series(random, NIGHTS, 0), SIGNIFICANCE).isEmpty() ? 0 : 1;
    }
    System.out.printf("change points: %d of %d series without a change have one%n", wrong, SERIES);
    assertThat(wrong).isLessThanOrEqualTo(SERIES / 100);
  }

  @Test
  void oneBadNightAmongGoodOnesIsNoLevel() {
    Random random = new Random(9);
    int wrong = 0;
    for (int i = 0; i < SERIES; i++) {
      double[] errors = new double[NIGHTS];
      errors[random.nextInt(NIGHTS)] = 0.02;
      errors[random.nextInt(NIGHTS)] = 0.05;
      boolean changed =
          ChangePoints.in(errors, SIGNIFICANCE).stream().anyMatch(c -> c.relative() != 0);
      wrong += changed ? 1 : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(SERIES / 100);
  }

  @Test
  void severalChangesAreFoundInOrderWithTheirLevels() {
    double[] series = new double[40];
    for (int i = 0; i < series.length; i++) {
      series[i] = (i < 12 ? 100 : i < 25 ? 140 : 90) + i % 3;
    }
    List<Change> changes = ChangePoints.in(series, SIGNIFICANCE);
    assertThat(changes).extracting(Change::index).containsExactly(12, 25);
    assertThat(changes.get(0).relative()).isBetween(0.38, 0.42);
    assertThat(ChangePoints.in(new double[] {1, 1, 1, 1}, SIGNIFICANCE)).isEmpty();
    assertThat(ChangePoints.in(new double[0], SIGNIFICANCE)).isEmpty();
  }
}
