package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallGateTest {
  private static final int SHORTEST =
      2 * (int) SyntheticRun.CONFIG.gates().rateWindow().toSeconds();

  @TempDir private Path folder;

  private Gate gate(int seconds) {
    return SyntheticVerdict.of(new SyntheticRun().holding(seconds).write(folder, new Order() {}))
        .gates()
        .stream()
        .filter(gate -> gate.id().equals("auth.stall"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHoldOfTwoWindowsShowsThatNothingStalled() {
    Gate gate = gate(SHORTEST);
    assertThat(gate.status()).isEqualTo(Outcome.PASS);
    assertThat(gate.message()).startsWith("auth answered without a stall");
  }

  @Test
  void aShorterHoldProvesNothing() {
    Gate gate = gate(SHORTEST - 1);
    assertThat(gate.status()).isEqualTo(Outcome.NOT_PROVED);
    assertThat(gate.message())
        .startsWith(
            "auth: a stall is not seen in a hold of %d s; it takes %d s"
                .formatted(SHORTEST - 1, SHORTEST));
  }

  /** The calls of five seconds are all answered in the sixth. */
  private static final Order STALLED =
      Order.taking(
          (service, second, number) -> second >= 20 && second < 25 ? (25 - second) * 1000 : 5);

  private Gate gate(Order order, Set<Integer> disturbed) {
    RunFolder run = new SyntheticRun().write(folder, order);
    RunMetadata facts = run.facts();
    GateWriter write = new GateWriter();
    new StallGate(
            SyntheticRun.CONFIG.gates(),
            RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts)),
            new GeneratorPauses(disturbed, Set.of(), new TreeMap<>()),
            write)
        .stalls(new Hold("", "", 5, 65, 7), "auth");
    return write.gates().get(0);
  }

  @Test
  void aServiceThatStopsAnsweringFailsAndNamesTheSeconds() {
    assertThat(gate(STALLED, Set.of()))
        .isEqualTo(
            new Gate(
                "auth.stall",
                "auth",
                "no stall",
                6.0,
                "s",
                60,
                Outcome.FAIL,
                "auth must not stop answering: for 6 s (0:24, 0:25, 0:26 and 3 more) calls waited,"
                    + " and it gave no answer, or less than half as many as usual"));
  }

  @Test
  void onlyAStallOfWhichEverySecondIsTheGeneratorsOwnSaysNothing() {
    assertThat(gate(STALLED, Set.of(24, 25, 26, 27, 28, 29)).status()).isEqualTo(Outcome.NO_DATA);
    assertThat(gate(STALLED, Set.of(24, 25, 26, 27, 28)).status()).isEqualTo(Outcome.FAIL);
  }
}
