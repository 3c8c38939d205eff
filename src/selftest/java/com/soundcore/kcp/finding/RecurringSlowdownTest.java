package com.soundcore.kcp.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is slow by the clock is not slow by the load. */
class RecurringSlowdownTest {
  @TempDir private Path folder;

  /** Analytics is slow in some seconds. */
  private record SlowIn(IntPredicate seconds) implements SyntheticRun.Order {
    @Override
    public int millis(String service, int second, int number) {
      return service.equals("analytics") && seconds.test(second) ? 900 : 5 + number % 5;
    }
  }

  @Test
  void whatIsSlowAtEqualIntervalsIsSaidToBeSoWithItsTimes() {
    assertThat(
            new ObservedRun()
                .evidence(
                    folder,
                    new SlowIn(second -> second >= 10 && second % 12 < 5),
                    "recurring-slowdown",
                    "analytics"))
        .contains("4 times, every 12 s and for about 5 s: at 0:17, 0:29, 0:41, 0:53");
  }

  @Test
  void whatIsSlowNowAndThenIsNot() {
    Set<Integer> starts = Set.of(10, 18, 37, 43, 57);
    assertThat(
            new ObservedRun()
                .findings(
                    folder,
                    new SlowIn(
                        second -> starts.stream().anyMatch(s -> second >= s && second < s + 5))))
        .extracting(Finding::kind)
        .doesNotContain("recurring-slowdown");
  }
}
