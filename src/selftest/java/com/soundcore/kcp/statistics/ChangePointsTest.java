package com.soundcore.kcp.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.statistics.ChangePoints.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
  private static final Path STORED = Path.of("src", "selftest", "resources", "changepoints");
  private static final double TOGETHER = ConfigLoader.load(new Properties()).trend().significance();
  private static final int FIGURES = 7;
  private static final int SERVICES = 5;
  // Of a deployment of one service.
  private static final double SIGNIFICANCE = TOGETHER / FIGURES;
  private static final int SERIES = 1000;
  private static final int NIGHTS = 60;
  private static final double NOISE = 0.05;

  /** ttest_ind([10, 11, 10.5, 9.8, 10.2], [12, 12.5, 11.9, 12.2]).pvalue of SciPy 1.17.1. */
  @Test
  void aChangeHasItsPlaceItsLevelsAndTheTTestOfTheReference() {
    double[] series = {10, 11, 10.5, 9.8, 10.2, 12, 12.5, 11.9, 12.2};
    List<ChangePoints.Change> changes = ChangePoints.in(series, 0.01);
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).index()).isEqualTo(5);
    assertThat(changes.get(0).before()).isEqualTo(10.2);
    assertThat(changes.get(0).after()).isCloseTo(12.1, within(1e-12));
    assertThat(changes.get(0).pValue()).isCloseTo(0.00021367630372432563, within(1e-12));
    assertThat(changes.get(0).relative()).isCloseTo(12.1 / 10.2 - 1, within(1e-12));
    assertThat(ChangePoints.in(series, 0.0002)).isEmpty();
  }

  @Test
  void constantLevelsAreCertainAndFiveNightsAreTooFew() {
    double[] step = {1, 1, 1, 0, 0, 0};
    assertThat(ChangePoints.canChange(step)).isTrue();
    assertThat(ChangePoints.in(step, 0.001)).containsExactly(new ChangePoints.Change(3, 1, 0, 0));
    double[] five = {1, 1, 1, 0, 0};
    assertThat(ChangePoints.canChange(five)).isFalse();
    assertThat(ChangePoints.in(five, 0.001)).isEmpty();
    assertThat(ChangePoints.in(new double[] {2, 2, 2, 2, 2, 2}, 0.001)).isEmpty();
  }

  @Test
  void aChangeFromNothingHasNoFiniteShare() {
    assertThat(new ChangePoints.Change(3, 0, 1, 0).relative()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(new ChangePoints.Change(3, 0, 0, 0).relative()).isZero();
  }

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
  void amongAllFiguresOfFiveServicesChanceChangesAboutOneInTwentyPages() {
    Random random = new Random(11);
    int pages = 100;
    int wrong = 0;
    for (int page = 0; page < pages; page++) {
      boolean any = false;
      for (int i = 0; i < FIGURES * SERVICES && !any; i++) {
        double share = TOGETHER / (FIGURES * SERVICES);
        any = !ChangePoints.in(series(random, NIGHTS, 0), share).isEmpty();
      }
      wrong += any ? 1 : 0;
    }
    System.out.printf("change points: %d of %d pages without a change have one%n", wrong, pages);
    // 95 %: as many as a twentieth of them may have by chance.
    assertThat(wrong).isLessThanOrEqualTo(9);
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

  /** Ten series with the points that Apache Otava 0.8.0, the reference, finds in them. */
  @Test
  void theReferenceFindsTheSamePoints() throws IOException {
    JsonNode series = new ObjectMapper().readTree(STORED.resolve("series.json").toFile());
    assertThat(series).hasSize(10);
    for (Map.Entry<String, JsonNode> one : series.properties()) {
      double[] values =
          new ObjectMapper().convertValue(one.getValue().get("values"), double[].class);
      assertThat(ChangePoints.in(values, SIGNIFICANCE).stream().map(Change::index).toList())
          .as(one.getKey())
          .isEqualTo(indices(one.getValue().get("otava")));
    }
  }

  /** Short series with the points and p-values of definition.py, by double sums and SciPy. */
  @Test
  void shortSeriesHaveTheChangesOfTheDefinition() throws IOException {
    JsonNode series = new ObjectMapper().readTree(STORED.resolve("definition.json").toFile());
    assertThat(series).hasSize(11);
    for (Map.Entry<String, JsonNode> one : series.properties()) {
      double[] values =
          new ObjectMapper().convertValue(one.getValue().get("values"), double[].class);
      List<Change> changes = ChangePoints.in(values, one.getValue().get("significance").asDouble());
      JsonNode expected = one.getValue().get("changes");
      assertThat(changes.stream().map(change -> String.valueOf(change.index())).toList())
          .as(one.getKey())
          .isEqualTo(expected.properties().stream().map(Map.Entry::getKey).toList());
      for (Change change : changes) {
        assertThat(change.pValue())
            .as(one.getKey())
            .isCloseTo(expected.get(String.valueOf(change.index())).asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void aPValueAtTheSignificanceIsSignificant() {
    double[] series = {10, 11, 10.5, 9.8, 10.2, 12, 12.5, 11.9, 12.2};
    double pValue = ChangePoints.in(series, 0.01).get(0).pValue();
    assertThat(ChangePoints.in(series, pValue)).extracting(Change::index).containsExactly(5);
    assertThat(ChangePoints.in(series, Math.nextDown(pValue))).isEmpty();
  }

  @Test
  @Tag("full")
  void theReferenceItselfWhereItIsInstalled() throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  List.of(
                      "python3",
                      STORED.resolve("reference.py").toString(),
                      STORED.resolve("series.json").toString(),
                      String.valueOf(SIGNIFICANCE)))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no python3: Apache Otava is not asked");
      return;
    }
    JsonNode found = new ObjectMapper().readTree(process.getInputStream().readAllBytes());
    assumeTrue(process.waitFor() == 0, "no apache-otava in python3: it is not asked");
    JsonNode series = new ObjectMapper().readTree(STORED.resolve("series.json").toFile());
    assertThat(series).hasSize(10);
    for (Map.Entry<String, JsonNode> one : series.properties()) {
      assertThat(indices(found.get(one.getKey())))
          .as(one.getKey())
          .isEqualTo(indices(one.getValue().get("otava")));
    }
  }

  private static List<Integer> indices(JsonNode points) {
    return StreamSupport.stream(points.spliterator(), false).map(JsonNode::asInt).toList();
  }
}
