package com.soundcore.kcp.verdict.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.ComparisonOptions;
import com.soundcore.kcp.result.LatencyBlocks;
import com.soundcore.kcp.result.LatencyBlocks.Block;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of runs in which every call takes the same time, as far as a test does not say otherwise. */
class BetweenRunsTest {
  private static final Offset<Double> EXACT = within(1e-9);
  // Of a normal distribution, 2.5 % lie above.
  private static final double Z = 1.959963984540054;
  private static final double STEP = Math.log(1.1);
  private static final double ROOT = Math.sqrt(2);

  @TempDir private Path folder;

  private Map<String, List<Block>> run(int knowledge, int others) {
    RunFolder run =
        new SyntheticRun()
            .holding(4)
            .write(
                folder,
                Order.taking(
                    (service, second, number) -> service.equals("knowledge") ? knowledge : others));
    return LatencyBlocks.read(run, run.facts(), 2, 60);
  }

  private BetweenRuns alike(int... millis) {
    List<Map<String, List<Block>>> runs = new ArrayList<>();
    for (int each : millis) {
      runs.add(run(each, each));
    }
    return new BetweenRuns(runs, options());
  }

  private static ComparisonOptions options() {
    return new ComparisonOptions(
        0.1, Duration.ofMillis(2), 0.001, 0.5, 0.001, 0.03, 0.05, 60, 10, 10);
  }

  @ParameterizedTest
  @CsvSource({"1, 1.959963984540054", "0, 1.959963984540054", "5, 2.575829303548901"})
  void figuresShareTheFalseAlarms(int figures, double z) {
    assertThat(alike(100).share("auth", Percentile.P95, figures)).isCloseTo(z * 0.03 * ROOT, EXACT);
  }

  @Test
  void twoBaselinesShowNoSpreadOfTheirOwn() {
    assertThat(alike(100, 200).share("auth", Percentile.P95, 1)).isCloseTo(Z * 0.03 * ROOT, EXACT);
  }

  @Test
  void threeBaselinesThatAreAlikeMayBeSoByChance() {
    assertThat(alike(100, 100, 100).share("auth", Percentile.P95, 1))
        .isCloseTo(Z * 0.01 * ROOT, EXACT);
  }

  @Test
  void ofThreeBaselinesTheSpreadIsTheirs() {
    BetweenRuns spread = alike(121, 100, 110);
    // Of two degrees of freedom the median of the chi-square distribution is 2 ln 2.
    assertThat(spread.share("nobody", Percentile.P95, 1))
        .isCloseTo(Z * STEP / Math.sqrt(Math.log(2)) * ROOT, EXACT);
    assertThat(spread.share("auth", Percentile.P95, 1)).isCloseTo(Z * 1.4826 * STEP * ROOT, EXACT);
  }

  @Test
  void oneServiceThatIsAnotherOneInARunIsNoNoiseOfAll() {
    BetweenRuns spread =
        new BetweenRuns(List.of(run(100, 50), run(110, 50), run(121, 50)), options());
    assertThat(spread.share("auth", Percentile.P95, 1)).isCloseTo(Z * 0.01 * ROOT, EXACT);
    assertThat(spread.share("knowledge", Percentile.P50, 1))
        .isCloseTo(Z * 1.4826 * STEP * ROOT, EXACT);
  }

  @Test
  void oneOddRunDoesNotMoveTheSpreadOfASubject() {
    List<Map<String, List<Block>>> runs =
        List.of(run(100, 50), run(100, 50), run(100, 50), run(250, 50));
    assertThat(new BetweenRuns(runs, options()).share("knowledge", Percentile.P95, 1))
        .isCloseTo(Z * 0.01 * ROOT, EXACT);
  }

  @Test
  void aSubjectThatARunLacksDoesNotShowTheSpread() {
    List<Map<String, List<Block>>> runs = List.of(run(100, 50), run(110, 50), Map.of());
    assertThat(new BetweenRuns(runs, options()).share("knowledge", Percentile.P95, 1))
        .isCloseTo(Z * 0.03 * ROOT, EXACT);
  }

  @Test
  void timesBelowAMillisecondAreOne() {
    assertThat(alike(0, 0, 1).share("auth", Percentile.P95, 1)).isCloseTo(Z * 0.01 * ROOT, EXACT);
  }
}
