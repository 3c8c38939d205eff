package com.soundcore.kcp.finding;

import static com.soundcore.kcp.testkit.ObservedRun.from;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Causes that figures of a service, its instances and its machine speak for. */
class ResourceCausesTest {
  private static final double MB = 1e6;
  // Of the run, in seconds since 1970.
  private static final double STARTED = 1_700_000_000;

  @TempDir private Path folder;

  private final ObservedRun seen = new ObservedRun();

  /** Analytics is slow for a while, and then fast again. */
  private static SyntheticRun.Order slowFor(int from, int to) {
    return SyntheticRun.Order.taking(
        (service, second, number) -> {
          boolean slow = service.equals("analytics") && second >= from && second < to;
          return slow ? 700 : 5 + number % 5;
        });
  }

  /** Auth refuses everything for five seconds. */
  private static final class Gone implements SyntheticRun.Order {
    @Override
    public String error(String service, int second, int number) {
      boolean gone = service.equals("auth") && second >= 20 && second < 25;
      return gone ? "j.n.ConnectException: Connection refused" : "";
    }
  }

  private List<Finding> findings(SyntheticRun.Order order) {
    return seen.findings(folder, order);
  }

  private String evidence(SyntheticRun.Order order, String kind, String subject) {
    return seen.evidence(folder, order, kind, subject);
  }

  @Test
  void aCollectorThatWorksForMuchOfTheTimeIsTheCause() {
    seen.figure("analytics", "collecting", from(35, 0.01, 0.4))
        .figure("analytics", "cpu", from(35, 0.2, 0.97))
        .figure("analytics", "old-generation", second -> 118 * MB)
        .figure("analytics", "old-generation-limit", second -> 128 * MB);
    assertThat(evidence(slowFor(30, 60), "garbage-collection", "analytics"))
        .contains(
            "40 % of the time from 0:35",
            "for 1 % otherwise", "118 of 128 MB of the old generation");
  }

  @Test
  void aCollectorThatAlwaysWorksLikeThatIsNot() {
    seen.figure("analytics", "collecting", second -> 0.2);
    assertThat(findings(slowFor(30, 60)))
        .extracting(Finding::kind)
        .containsExactly("sudden-slowdown");
  }

  @Test
  void aProcessThatBeganAnewWithItsMemoryFullWasOutOfMemory() {
    seen.figure("auth", "process-start", from(28, STARTED - 1000, STARTED + 27))
        .figure("auth", "memory", second -> second < 28 ? (10 + 10 * second) * MB : 60 * MB)
        .figure("auth", "memory-limit", second -> 300 * MB);
    assertThat(evidence(new Gone(), "out-of-memory", "auth"))
        .contains("between 0:27 and 0:28", "its memory was 280 MB of 300");
  }

  @Test
  void memoryThatHadDoubledSpeaksForItWhereNoLimitIsKnown() {
    seen.figure("auth", "process-start", from(28, STARTED - 1000, STARTED + 27))
        .figure("auth", "memory", second -> second < 28 ? (10 + 10 * second) * MB : 60 * MB);
    assertThat(evidence(new Gone(), "out-of-memory", "auth"))
        .contains("had grown from 60 to 280 MB just before, and was 60 MB after it");
  }

  @Test
  void aProcessThatBeganAnewForNoReasonThatIsSeenWasRestarted() {
    seen.figure("auth", "process-start", from(28, STARTED - 1000, STARTED + 27))
        .figure("auth", "memory", second -> 80 * MB);
    assertThat(evidence(new Gone(), "restart", "auth"))
        .contains("was started again; 25 calls failed then");
  }

  @Test
  void aNewProcessThatNoCallMissesIsNoCauseOfWhatFailsElsewhere() {
    seen.figure("auth", "process-start", from(55, STARTED - 1000, STARTED + 54));
    assertThat(evidence(new Gone(), "outage", "auth")).contains("refused connections");
  }

  @Test
  void workersOfOneServiceThatAnswerInTurnAreNoRestart() {
    seen.figure("auth", "process-start", second -> second % 3 == 0 ? STARTED - 60 : STARTED - 40)
        .figure("support", "process-start", from(28, STARTED - 60, STARTED - 40));
    assertThat(evidence(new Gone(), "outage", "auth")).contains("refused connections");
  }

  @Test
  void aServiceWhosePageFallsSilentWithItsAnswersStoodStillAsAWhole() {
    SyntheticRun.Order silent =
        SyntheticRun.Order.failing(
            (service, second, number) -> {
              boolean late = service.equals("support") && second >= 30;
              return late ? "Request timeout to 127.0.0.1/127.0.0.1:18003 after 3000 ms" : "";
            });
    seen.figureUntil(36, "support", "memory", second -> 80 * MB);
    assertThat(evidence(silent, "no-answer", "support"))
        .contains("its metrics page did not answer then, either");
  }

  @Test
  void instancesThatCameLateAreTheCauseOfWhatEndedWithThem() {
    seen.figure("analytics", "replicas", from(44, 2, 5))
        .figure("analytics", "cpu", from(35, 0.2, 0.97));
    assertThat(evidence(slowFor(30, 45), "late-autoscaling", "analytics"))
        .contains("had 2 instances at 0:35 and more only at 0:44, in the end 5");
  }

  @Test
  void instancesThatDoNotHelpAreNotTheCause() {
    seen.figure("analytics", "replicas", from(38, 2, 5))
        .figure("analytics", "cpu", from(35, 0.2, 0.97));
    assertThat(evidence(slowFor(30, 60), "cpu-saturation", "analytics")).contains("0.97 of 1.00");
  }

  @Test
  void aProcessorIsSaturatedAtTheLimitThatThePlatformSays() {
    seen.figure("analytics", "cpu", from(35, 0.1, 0.47))
        .figure("analytics", "cpu-limit", second -> 0.5);
    assertThat(evidence(slowFor(30, 60), "cpu-saturation", "analytics"))
        .contains("0.47 of 0.500 cores (94 %)");
  }

  @ParameterizedTest
  @CsvSource({
    "host, memory-pressure, memory-pressure, waited for memory for 35 %",
    "nodes, memory-pressure, memory-pressure, waited for memory for 35 %",
    "nodes, disk-pressure, host-disk, waited for its disk for 35 %"
  })
  void aMachineThatIsShortOfSomethingIsTheCauseOfAllThatSufferThen(
      String machine, String figure, String kind, String words) {
    seen.figure(machine, figure, from(36, 0.02, 0.35));
    assertThat(evidence(slowFor(30, 60), kind, machine))
        .contains(words, "for 2 % otherwise", "analytics: in a typical second");
  }

  @Test
  void whatAServiceSuffersAfterItsRestartHasACauseOfItsOwn() {
    seen.figure("auth", "process-start", from(28, STARTED - 1000, STARTED + 27))
        .figure("nodes", "memory-pressure", from(36, 0.02, 0.35));
    SyntheticRun.Order both =
        new SyntheticRun.Order() {
          @Override
          public String error(String service, int second, int number) {
            return new Gone().error(service, second, number);
          }

          @Override
          public int millis(String service, int second, int number) {
            return service.equals("auth") && second >= 40 ? 700 : 5;
          }
        };
    assertThat(findings(both))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder("memory-pressure", "restart");
  }

  @Test
  void aMachineWhoseDiskIsAlwaysBusyIsNot() {
    seen.figure("nodes", "disk-pressure", second -> 0.5);
    assertThat(findings(slowFor(30, 60)))
        .extracting(Finding::kind)
        .containsExactly("sudden-slowdown");
  }

  @Test
  void aCacheInWhichMuchIsMissedIsTheCauseAndNotWhatTheDatabaseThenHasToDo() {
    seen.figure("cache", "cache-misses", from(36, 0.05, 0.6))
        .figure("database", "running", from(36, 0.4, 6));
    assertThat(evidence(slowFor(30, 60), "cold-cache", "cache"))
        .contains("miss rate 60 % from 0:35", "5 % before");
  }

  @Test
  void callsThatTakeLongerThoughTheApplicationDoesNotAreSlowOutsideOfIt() {
    seen.figure("analytics", "inside-ms", second -> 4);
    assertThat(evidence(slowFor(30, 60), "outside-the-application", "analytics"))
        .contains("a call took about 768 ms on average, at other times 8 ms")
        .contains("the application itself took 4 ms then and 4 ms at other times");
  }

  @ParameterizedTest
  @ValueSource(doubles = {700, 200})
  void callsThatTakeLongerInsideTheApplicationAreNot(double then) {
    seen.figure("analytics", "inside-ms", second -> second >= 35 ? then : 4);
    assertThat(findings(slowFor(30, 60)))
        .extracting(Finding::kind)
        .containsExactly("sudden-slowdown");
  }

  @Test
  void whereTheApplicationDoesNotSayItsTimeNothingIsSaidOfIt() {
    assertThat(findings(slowFor(30, 60)))
        .extracting(Finding::kind)
        .containsExactly("sudden-slowdown");
  }

  @Test
  void aThreadThatIsBusyOnlyWhileItsServiceIsSlowIsTheCause() {
    seen.figure("analytics", "busiest-thread", from(35, 0.4, 0.93))
        .figure("analytics", "process-cpu", from(35, 0.5, 1.1));
    assertThat(evidence(slowFor(30, 60), "single-thread", "analytics"))
        .contains(
            "the busiest thread of analytics used 93 % of a core from 0:35",
            "40 % at other times; all of its threads together used 1.10 cores");
  }

  @ParameterizedTest
  @CsvSource({"0.4, 0.84", "0.93, 0.93"})
  void aThreadThatIsAlwaysAsBusyOrHasRoomIsNot(double before, double then) {
    seen.figure("analytics", "busiest-thread", from(35, before, then));
    assertThat(findings(slowFor(30, 60)))
        .extracting(Finding::kind)
        .containsExactly("sudden-slowdown");
  }

  /** Analytics answers late in every tenth second, in which its page is polled. */
  private ObservedRun polled(double megabytes, double growth) {
    for (int second = 15; second < 65; second += 10) {
      double size = megabytes + growth * second;
      seen.page(second + 0.9, "analytics", size * MB, size * 6000, 900);
    }
    return seen;
  }

  private static final SyntheticRun.Order LATE_WHEN_POLLED =
      SyntheticRun.Order.taking(
          (service, second, number) -> {
            boolean polled = service.equals("analytics") && second % 10 == 0;
            return polled ? 600 : 5 + number % 5;
          });

  @Test
  void aMetricsPageThatGrowsWithTheLoadIsAFindingOfItsOwn() {
    polled(0.5, 0.05);
    assertThat(evidence(new SyntheticRun.Order() {}, "metrics-page", "analytics"))
        .contains("had 1.3 MB and 7,500 series at first, 3.3 MB and 19,500 at the end")
        .contains("each poll took 900 ms")
        .doesNotContain("blocks the service");
  }

  @Test
  void aMetricsPageThatTheServiceStopsForIsNamedWithWhatItCosts() {
    polled(5, 0);
    assertThat(evidence(LATE_WHEN_POLLED, "metrics-page", "analytics"))
        .contains("in the 5 seconds in which it was polled p95 was 603 ms, in the others 9 ms");
  }

  @Test
  void aSmallMetricsPageIsNone() {
    polled(0.1, 0.001);
    assertThat(findings(new SyntheticRun.Order() {})).isEmpty();
  }

  @Test
  void aDatabaseIsNoCauseOfCallsThatTakeNoLongerInsideTheApplication() {
    seen.measured(
        "database",
        35,
        List.of(Map.of("running", 0.4, "new-sessions", 0.1)),
        List.of(Map.of("running", 0.5, "new-sessions", 9.0)));
    assertThat(findings(slowFor(30, 60)))
        .extracting(Finding::kind)
        .containsExactly("connection-churn");
    seen.figure("analytics", "inside-ms", second -> 4);
    assertThat(findings(slowFor(30, 60)))
        .extracting(Finding::kind)
        .containsExactly("outside-the-application");
  }
}
