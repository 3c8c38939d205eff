package com.soundcore.kcp.verdict.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.comparison.Comparison.Difference;
import com.soundcore.kcp.verdict.comparison.Comparison.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparerTest {
  private static final List<String> SERVICES =
      List.of("analytics", "auth", "content", "knowledge", "support");

  @TempDir private Path folder;

  /**
   * Response times as they come: a long tail, and bursts in which a neighbour takes the machine.
   */
  private static final class Noisy implements SyntheticRun.Order {
    private final Random random;
    private final String slowService;
    private final double slower;
    private final double all;
    private final long bursts;

    Noisy(long seed, String slowService, double slower) {
      this(seed, slowService, slower, 1);
    }

    Noisy(long seed, String slowService, double slower, double all) {
      this.all = all;
      this.random = new Random(seed);
      this.slowService = slowService;
      this.slower = slower;
      this.bursts = random.nextLong();
    }

    @Override
    public int millis(String service, int second, int number) {
      double burst = new Random(bursts + second).nextInt(12) == 0 ? 15 * random.nextDouble() : 0;
      double own = all * 20 * Math.exp(0.4 * random.nextGaussian());
      return (int) Math.round(own * (service.equals(slowService) ? slower : 1) + burst);
    }
  }

  private RunFolder run(String name, SyntheticRun.Order order) {
    return new SyntheticRun().holding(120).write(folder.resolve(name), order);
  }

  private RunFolder data(String name, Map<String, Long> rows) {
    return new SyntheticRun()
        .withRows(rows)
        .write(folder.resolve(name), new SyntheticRun.Order() {});
  }

  private static Comparison compare(RunFolder run, RunFolder baseline) {
    return first(run, List.of(baseline.path().toString()));
  }

  private static Comparison first(RunFolder run, List<String> others) {
    return new Comparer(SyntheticRun.CONFIG).compare(run, others).get(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void likeRunsShowNoDifference(int seed) {
    RunFolder before = run("before", new Noisy(seed, "", 1));
    RunFolder now = run("now", new Noisy(1000L + seed, "", 1));
    Comparison comparison = compare(now, before);
    assertThat(comparison.notComparable()).isEmpty();
    assertThat(comparison.with(Outcome.REGRESSION)).isEmpty();
    assertThat(comparison.with(Outcome.IMPROVEMENT)).isEmpty();
    assertThat(comparison.with(Outcome.SAME)).hasSizeGreaterThan(20);
  }

  /** The first is compared with; all of them show how much runs differ. */
  private List<String> baselines(double deviation, String slow, double slower) {
    Random between = new Random(7);
    List<String> folders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      double factor = Math.exp(deviation * between.nextGaussian());
      RunFolder one = run("baseline-" + i, new Noisy(100L + i, slow, slower, factor));
      folders.add(one.path().toString());
    }
    return folders;
  }

  @ParameterizedTest
  @ValueSource(strings = {"knowledge", "auth"})
  void whatIsAFifthSlowerIsFoundAndOnlyThat(String slow) {
    RunFolder now = run("now", new Noisy(2, slow, 1.2));
    Comparison comparison = first(now, baselines(0.01, "", 1));
    assertThat(comparison.with(Outcome.REGRESSION))
        .extracting(Difference::subject)
        .contains(slow, slow + " / call")
        .allMatch(subject -> subject.startsWith(slow));
    assertThat(comparison.with(Outcome.IMPROVEMENT)).isEmpty();
    assertThat(comparison.sentences().get(0)).startsWith("worse: " + slow + " p50 is 24");

    // The same the other way round is an improvement, and no regression.
    RunFolder fast = run("fast", new Noisy(2, "", 1));
    Comparison mended = first(fast, baselines(0.01, slow, 1.2));
    assertThat(mended.worse()).isFalse();
    assertThat(mended.with(Outcome.IMPROVEMENT)).extracting(Difference::subject).contains(slow);
  }

  @Test
  void whatIsWithinTheSpreadOfTheBaselinesIsNoDifference() {
    RunFolder now = run("now", new Noisy(2, "knowledge", 1.2));
    Comparison comparison = first(now, baselines(0.1, "", 1));
    assertThat(comparison.with(Outcome.REGRESSION)).isEmpty();
  }

  @Test
  void ofOneBaselineTheSpreadIsThatOfTheConfiguration() {
    RunFolder before = run("before", new Noisy(1, "", 1));
    assertThat(compare(run("fifth", new Noisy(2, "auth", 1.2)), before).worse()).isFalse();
    assertThat(compare(run("third", new Noisy(2, "auth", 1.33)), before).worse()).isTrue();
  }

  @Test
  void moreErrorsAreWorseWhateverTheTimes() {
    SyntheticRun.Order failing =
        SyntheticRun.Order.failing(
            (service, second, number) -> service.equals("analytics") && number == 0 ? "503" : "");
    Comparison comparison =
        compare(run("now", failing), run("before", new SyntheticRun.Order() {}));
    assertThat(comparison.with(Outcome.REGRESSION))
        .extracting(Difference::subject, Difference::figure)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("analytics", "errors"),
            org.assertj.core.groups.Tuple.tuple("analytics / call", "errors"));
  }

  @Test
  void aBurstOfErrorsIsWorseThoughMostOfTheRunHadNone() {
    SyntheticRun.Order burst =
        SyntheticRun.Order.failing(
            (service, second, number) -> {
              boolean failed = second > 40 && second < 80 && number % 3 == 0;
              return service.equals("knowledge") && failed ? "503" : "";
            });
    Comparison comparison = compare(run("now", burst), run("before", new SyntheticRun.Order() {}));
    assertThat(comparison.with(Outcome.REGRESSION))
        .extracting(Difference::figure)
        .containsOnly("errors");
    assertThat(comparison.sentences().get(0)).contains("knowledge errors is 11");
  }

  @Test
  void fewRequestsAreNotCompared() {
    SyntheticRun few = new SyntheticRun().holding(10);
    RunFolder before = few.write(folder.resolve("before"), new Noisy(1, "", 1));
    RunFolder now = few.write(folder.resolve("now"), new Noisy(2, "", 2));
    Comparison comparison = compare(now, before);
    assertThat(comparison.differences())
        .hasSize(2 * SERVICES.size() * 4)
        .allMatch(difference -> difference.outcome() == Outcome.TOO_FEW);
    assertThat(comparison.tells()).isFalse();
  }

  @Test
  void unlikeRunsAreNotComparedAndSayWhy() {
    RunFolder before = run("before", new SyntheticRun.Order() {});
    RunFolder now =
        new SyntheticRun()
            .withWorkload("read-heavy")
            .holding(90)
            .write(folder.resolve("now"), new SyntheticRun.Order() {});
    Comparison comparison = compare(now, before);
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.sentences())
        .containsExactly(
            "not compared with kcp-qps10k-test: another workload: read-heavy, was mixed");

    RunFolder small = data("small", Map.of("knowledge items", 1_000L, "products", 20L));
    RunFolder grown =
        data("grown", Map.of("knowledge items", 1_240L, "products", 90L, "tickets", 7L));
    RunFolder large = data("large", Map.of("knowledge items", 5_000L, "products", 20L));
    assertThat(compare(grown, small).notComparable()).isEmpty();
    assertThat(compare(large, small).notComparable())
        .containsExactly("another amount of data: knowledge items 5,000, was 1,000");

    RunFolder nowhere = new RunFolder(folder.resolve("nowhere"));
    assertThat(compare(now, nowhere).sentences().get(0)).contains("nowhere").contains("is missing");
  }
}
