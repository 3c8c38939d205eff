package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.testkit.SyntheticVerdict.assertOutcome;
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

class DownGateTest {
  private static final String ID = "support.down";

  @TempDir private Path folder;

  /** Of support every second call fails from the 20th second of a hold on. */
  private Verdict failing(int holding, int seconds, int every) {
    Order order =
        Order.failing(
            (service, second, number) -> {
              boolean down = service.equals("support") && second >= 20 && second < 20 + seconds;
              return down && number % every == 0 ? "status, 500 in place of 200" : "";
            });
    return SyntheticVerdict.of(new SyntheticRun().holding(holding).write(folder, order));
  }

  private static Gate gate(Verdict verdict) {
    return verdict.gates().stream().filter(of -> of.id().equals(ID)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"2, 2, PASS", "3, 2, FAIL", "30, 2, FAIL", "30, 3, PASS"})
  void halfOfTheCallsOfThreeSecondsAreAnOutage(int seconds, int every, Gate.Outcome outcome) {
    Gate gate = gate(failing(60, seconds, every));
    assertThat(gate.status()).isEqualTo(outcome);
    assertThat(gate.actual()).isEqualTo(outcome == Gate.Outcome.FAIL ? seconds : 0);
  }

  @Test
  void anOutageThatNoErrorRateShowsFailsTheRun() {
    // 24 of 15 calls a second in an hour: 0.04 %, and 0.1 % are allowed
    Verdict verdict = failing(3600, 3, 2);
    assertOutcome(
        verdict,
        Status.FAIL,
        "support must not be down: from 0:25 to 0:28 at least half of its calls failed in every"
            + " second (24 of 45)");
  }

  /** A call a second of support; it fails for some seconds, and else once in so many. */
  @ParameterizedTest
  @CsvSource({
    // Three of a hundred errors in a row are chance somewhere in twenty minutes, eight are not.
    "3, 100, PASS",
    "8, 100, FAIL",
    "3, 1000000, FAIL"
  })
  void rareCallsNeedMoreFailuresInARow(int seconds, int usual, Gate.Outcome outcome) {
    Order rare =
        new Order() {
          @Override
          public int requests(String service, int second, int planned) {
            return service.equals("support") ? 1 : planned;
          }

          @Override
          public String error(String service, int second, int number) {
            boolean down = second >= 20 && second < 20 + seconds || second % usual == 99;
            return service.equals("support") && down ? "status, 500 in place of 200" : "";
          }
        };
    Verdict verdict = SyntheticVerdict.of(new SyntheticRun().holding(1200).write(folder, rare));
    assertThat(gate(verdict).status()).isEqualTo(outcome);
  }

  @Test
  void secondsWithoutACallAreNoEndOfAnOutage() {
    Order rare =
        new Order() {
          @Override
          public int requests(String service, int second, int planned) {
            return service.equals("support") && second % 5 != 0 ? 0 : planned;
          }

          @Override
          public String error(String service, int second, int number) {
            boolean down = service.equals("support") && second >= 20 && second <= 25;
            return down && number % 2 == 0 ? "status, 500 in place of 200" : "";
          }
        };
    Verdict verdict = SyntheticVerdict.of(new SyntheticRun().write(folder, rare));
    assertThat(gate(verdict).actual()).isEqualTo(6);
  }
}
