package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.verdict.Gate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of ten minutes that was ended in its second one. */
class UnfinishedRunTest {
  private static final Order ENDED =
      Order.sending((service, second, planned) -> second < 100 ? planned : 0);

  @TempDir private Path folder;

  private JudgedRun judged(Order order) {
    return RunJudge.judge(
        new SyntheticRun().holding(600).unfinished().write(folder, order), SyntheticRun.CONFIG);
  }

  @Test
  void itIsJudgedOnWhatItMeasuredUntilThenAndSaysNoMoreThanThat() {
    JudgedRun run = judged(ENDED);
    assertThat(run.verdict().status()).isEqualTo(Status.INVALID);
    assertThat(run.verdict().reasons())
        .containsExactly("the run was stopped before its end; its log is not whole");
    assertThat(run.facts().plannedSeconds()).isEqualTo(104);
    assertThat(run.verdict().gates())
        .filteredOn(gate -> gate.id().equals("knowledge.rate"))
        .extracting(Gate::status)
        .containsExactly(Gate.Outcome.PASS);
  }

  @Test
  void whatWasMissedUntilThenIsMissed() {
    JudgedRun run =
        judged(
            new Order() {
              @Override
              public int requests(String service, int second, int planned) {
                return ENDED.requests(service, second, planned);
              }

              @Override
              public int millis(String service, int second, int number) {
                return service.equals("auth") ? 900 : 5;
              }
            });
    assertThat(run.verdict().reasons())
        .anyMatch(reason -> reason.startsWith("auth p95 must be < 200 ms: 900 ms"));
  }
}
