package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A generator that paused for 900 ms in the 25th second of a run. */
class GeneratorPausesTest {
  private static final Order SLOW_THEN =
      Order.taking((service, second, number) -> second == 20 ? 900 : 5);

  @TempDir private Path folder;

  private static SyntheticRun pausing(int holding) {
    return new SyntheticRun().holding(holding).pausedIn(20, 900);
  }

  @Test
  void theSecondsAroundItAreLeftOutAndNamed() {
    GeneratorPauses still =
        GeneratorPauses.in(pausing(600).facts(), SyntheticRun.CONFIG.generator());
    assertThat(still.leftOut()).containsExactly(24, 25, 26);
    assertThat(still.caveats())
        .containsExactly(
            "GENERATOR PAUSED: 900 ms at 0:25; the 3 s around it were left out of the verdict");
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 600})
  void theVerdictIsAsWithoutIt(int holding) {
    Verdict verdict = SyntheticVerdict.of(pausing(holding).write(folder, SLOW_THEN));
    assertThat(verdict.status()).as(verdict.reasons().toString()).isEqualTo(Status.PASS);
    assertThat(verdict.generator().messages()).isEmpty();
    assertThat(verdict.gates())
        .filteredOn(gate -> gate.id().equals("auth.p95"))
        .extracting(Gate::samples)
        .containsExactly(5L * (holding - 2 - 3));
  }

  @Test
  void anEventLoopThatWaitsForACoreOfAFullMachineStandsStillAsWell() {
    SyntheticRun run = new SyntheticRun().holding(600).lateIn(20, 850, 1);
    GeneratorPauses still = GeneratorPauses.in(run.facts(), SyntheticRun.CONFIG.generator());
    assertThat(still.leftOut()).containsExactly(24, 25, 26);
    Verdict verdict = SyntheticVerdict.of(run.write(folder, SLOW_THEN));
    assertThat(verdict.status()).as(verdict.reasons().toString()).isEqualTo(Status.PASS);
  }

  @ParameterizedTest
  @CsvSource({"850, 0.9", "250, 1"})
  void aLoopThatIsLateForASystemInBurstsOrForAMomentDoesNot(double lateMs, double machineCpu) {
    SyntheticRun run = new SyntheticRun().holding(600).lateIn(20, lateMs, machineCpu);
    GeneratorPauses still = GeneratorPauses.in(run.facts(), SyntheticRun.CONFIG.generator());
    assertThat(still.leftOut()).isEmpty();
    assertThat(still.disturbed()).isEmpty();
  }

  @Test
  void whereTheyAreMoreThanOneInFiftyTheRunProvesNothing() {
    // 3 of 149 s
    Verdict verdict = SyntheticVerdict.of(pausing(149).write(folder, SLOW_THEN));
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0)).startsWith("the generator paused for 900 ms");
  }

  @Test
  void errorsCountInEverySecond() {
    Order failing =
        Order.failing(
            (service, second, number) -> second == 20 ? "status, 500 in place of 200" : "");
    Verdict verdict = SyntheticVerdict.of(pausing(600).write(folder, failing));
    assertThat(verdict.status()).isNotEqualTo(Status.PASS);
    assertThat(verdict.reasons())
        .anyMatch(
            reason ->
                reason.contains("knowledge must have fewer errors than 0.1 %: 0.167 % (50 of"));
  }
}
