package com.soundcore.kcp.finding;

import static com.soundcore.kcp.testkit.ObservedRun.from;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls that still wait when the load is stopped are in no log, and most loads are stopped soon
 * after a system stands still: what they waited for is the cause all the same.
 */
class UnansweredCallsTest {
  @TempDir private Path folder;

  private final ObservedRun seen = new ObservedRun();

  /** Analytics gets slow, and then answers nothing any more: those calls are in no log. */
  private static final class NeverAnswered implements SyntheticRun.Order {
    @Override
    public int requests(String service, int second, int planned) {
      return service.equals("analytics") && second >= 38 ? 0 : planned;
    }

    @Override
    public int millis(String service, int second, int number) {
      return service.equals("analytics") && second >= 30 ? 5000 : 5 + number % 5;
    }
  }

  /**
   * From second 50 on most calls of analytics wait for something: the first of them fail by their
   * time limit, and the load is stopped before the others do.
   */
  private static final class TimedOut implements SyntheticRun.Order {
    @Override
    public int requests(String service, int second, int planned) {
      return service.equals("analytics") && second >= 47 ? planned / 4 : planned;
    }

    @Override
    public String error(String service, int second, int number) {
      boolean late = service.equals("analytics") && second >= 45 && second < 47 && number > 4;
      return late ? "Request timeout to localhost after 10000 ms" : "";
    }
  }

  private String evidence(SyntheticRun.Order order, String kind, String subject) {
    return seen.evidence(folder, order, kind, subject);
  }

  @Test
  void aServiceThatGaveNoMoreAnswersIsSlowUntilTheEndAndItsFiguresOfThatTimeCount() {
    seen.figure("analytics", "pool-waiting", from(45, 0, 300))
        .figure("analytics", "pool-in-use", from(45, 2, 30))
        .figure("analytics", "pool-size", second -> 30);
    assertThat(evidence(new NeverAnswered(), "connection-pool", "analytics"))
        .contains("up to 300 of them", "30 of 30 connections were in use");
  }

  @Test
  void whatCallsWaitForThatTimeOutIsTheirCauseThoughTheLoadIsStoppedSoonAfter() {
    seen.lockedFrom(51, "analytics");
    assertThat(evidence(new TimedOut(), "lock-contention", "database"))
        .contains(
            "sessions of analytics waited for a lock on average from 0:50 to 1:0",
            "0.0 of all clients before",
            "held by psql, which was running: LOCK a",
            "analytics: 30 of its calls failed from 0:50 to 0:52 (2.99 % of all)",
            "most of those after them had no answer by 1:0");
  }

  @Test
  void whatStrikesBetweenTwoLooksAtADatabaseIsInTheSecondOne() {
    seen.lockedFrom(51, "analytics");
    SyntheticRun.Order once =
        SyntheticRun.Order.failing(
            (service, second, number) -> {
              boolean late = service.equals("analytics") && second >= 46 && second < 48;
              return late ? "Request timeout to localhost after 10000 ms" : "";
            });
    assertThat(evidence(once, "lock-contention", "database")).contains("from 0:51 to 0:55");
  }

  @Test
  void aProcessThatStandsStillIsSeenInTheFewSecondsUntilTheLoadIsStopped() {
    seen.figureUntil(51, "analytics", "memory", second -> 80e6)
        .figureUntil(57, "support", "memory", second -> 80e6);
    assertThat(evidence(new TimedOut(), "no-answer", "analytics"))
        .contains("its metrics page did not answer then, either");
  }

  @Test
  void nothingIsSaidOfATimeThatNobodyLookedAt() {
    seen.figureUntil(50, "analytics", "pool-waiting", from(40, 0, 300))
        .figureUntil(50, "analytics", "pool-in-use", from(40, 2, 30))
        .figureUntil(50, "analytics", "pool-size", second -> 30);
    assertThat(evidence(new NeverAnswered(), "connection-pool", "analytics")).contains(" to 0:50,");
  }
}
