package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.nio.file.Path;
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
}
