package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.verdict.Gate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in which every service was slow and failing, stopped in its 20th second. */
class ExhaustedRunTest {
  private static final Order BAD =
      new Order() {
        @Override
        public String error(String service, int second, int number) {
          return number % 5 == 0 ? "status, 500 in place of 200" : "";
        }

        @Override
        public int millis(String service, int second, int number) {
          return 3000;
        }
      };

  @TempDir private Path folder;

  private JudgedRun judged(Stopped.Reason reason) {
    SyntheticRun run =
        new SyntheticRun()
            .withFullLoop(900)
            .shedding(500, 12)
            .stopped(new Stopped(20, "because", reason));
    return RunJudge.judge(run.write(folder, BAD), SyntheticRun.CONFIG);
  }

  @Test
  void aMachineThatIsUsedUpIsTheOnlyReason() {
    JudgedRun run = judged(Stopped.Reason.GENERATOR);
    assertThat(run.verdict().status()).isEqualTo(Status.INVALID);
    assertThat(run.verdict().reasons()).containsExactly("because");
    assertThat(run.verdict().generator().status()).isEqualTo("saturated");
    assertThat(run.verdict().gates())
        .extracting(Gate::id, Gate::status)
        .containsExactly(tuple("run.complete", Gate.Outcome.NO_DATA));
    assertThat(run.findings().findings()).isEmpty();
  }

  @Test
  void aStopThatIsTheSystemsDoingHidesNothing() {
    JudgedRun run = judged(Stopped.Reason.SYSTEM);
    assertThat(run.verdict().reasons()).hasSizeGreaterThan(3);
    assertThat(run.findings().findings())
        .extracting(finding -> finding.kind())
        .contains("server-errors");
  }
}
