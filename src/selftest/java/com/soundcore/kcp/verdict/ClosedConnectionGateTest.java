package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At most 0.1 % of all calls may be closed without an answer. */
class ClosedConnectionGateTest {
  @TempDir private Path folder;

  private Gate gate(SyntheticRun run) {
    return SyntheticVerdict.of(run.write(folder, new Order() {})).gates().stream()
        .filter(gate -> gate.id().equals("all.dropped"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"0, PASS", "1, PASS", "4, NOT_PROVED"})
  void ofSixThousandCalls(long closed, Outcome outcome) {
    assertThat(gate(new SyntheticRun().dropping("knowledge", closed, 20)).status())
        .isEqualTo(outcome);
  }

  @Test
  void oneClosedConnectionASecondIsTooMany() {
    Map<Integer, Long> eachSecond =
        IntStream.range(5, 65).boxed().collect(Collectors.toMap(second -> second, second -> 1L));
    CountsBySecond closed = new CountsBySecond(Map.of("knowledge", eachSecond));
    assertThat(gate(new SyntheticRun().dropping(closed)).status()).isEqualTo(Outcome.FAIL);
  }

  @Test
  void asManyInOneSecondAreASingleEpisodeThatProvesNothing() {
    Gate gate = gate(new SyntheticRun().dropping("knowledge", 60, 20));
    assertThat(gate.status()).isEqualTo(Outcome.UNDECIDED);
    assertThat(gate.samples()).isEqualTo(6060);
  }

  @Test
  void tooFewCallsDoNotPass() {
    Gate gate = gate(new SyntheticRun().holding(10));
    assertThat(gate.status()).isEqualTo(Outcome.NOT_PROVED);
    assertThat(gate.message())
        .endsWith(
            "0 % (0 of 1,000); not proved: 1,000 calls cannot prove it; it takes 2,995 without one"
                + " error");
  }
}
