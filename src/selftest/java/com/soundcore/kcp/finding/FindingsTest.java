package com.soundcore.kcp.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Findings on runs written to order; the detection matrix has the real ones. */
class FindingsTest {
  private static final double MIB = 1024 * 1024;

  @TempDir private Path folder;

  private final ObservedRun seen = new ObservedRun();

  private ObservedRun figure(String service, String name, IntToDoubleFunction value) {
    return seen.figure(service, name, value);
  }

  private List<Finding> findings(SyntheticRun.Order order) {
    return seen.findings(folder, order);
  }

  /** Analytics is slow from the middle of the hold on. */
  private static final class Slow implements SyntheticRun.Order {
    @Override
    public int millis(String service, int second, int number) {
      return service.equals("analytics") && second >= 30 ? 700 : 5 + number % 5;
    }
  }

  private static final class Fine implements SyntheticRun.Order {}

  @Test
  void aHealthyRunHasNone() {
    figure("analytics", "cpu", second -> 0.3).figure("analytics", "pool-waiting", second -> 0);
    assertThat(findings(new Fine())).isEmpty();
  }

  @Test
  void memoryThatStaysAfterCollectionsIsALeak() {
    figure("analytics", "old-generation", second -> (40 + 0.5 * second) * MIB);
    List<Finding> findings = findings(new Fine());
    assertThat(findings).extracting(Finding::kind).containsExactly("memory-leak");
    assertThat(findings.get(0).service()).isEqualTo("analytics");
    // 0.5 MiB per second at 20 calls per second.
    assertThat(findings.get(0).evidence().get(0)).contains("rose by 30.00 MiB per minute");
    assertThat(findings.get(0).evidence().get(1)).contains("25 MiB per 1,000 calls");
  }

  @Test
  void aSawtoothIsNoLeak() {
    figure("analytics", "memory", second -> (60 + 6 * (second % 9)) * MIB);
    figure("support", "old-generation", second -> (50 + second % 2) * MIB);
    assertThat(findings(new Fine())).isEmpty();
  }

  @Test
  void slowAnswersWithWaitingForConnectionsAreThePool() {
    figure("analytics", "pool-waiting", second -> second < 35 ? 0 : 7);
    figure("analytics", "pool-in-use", second -> second < 35 ? 1 : 10);
    figure("analytics", "pool-size", second -> 10);
    List<Finding> findings = findings(new Slow());
    assertThat(findings).extracting(Finding::kind).containsExactly("connection-pool");
    assertThat(findings.get(0).evidence())
        .anyMatch(sentence -> sentence.contains("up to 7 of them"))
        .anyMatch(sentence -> sentence.contains("10 of 10 connections were in use"));
    assertThat(findings.get(0).remedies()).isNotEmpty();
  }

  @Test
  void slowAnswersOnASaturatedProcessorAreTheProcessor() {
    figure("analytics", "cpu", second -> second < 35 ? 0.2 : 0.97);
    List<Finding> findings = findings(new Slow());
    assertThat(findings).extracting(Finding::kind).containsExactly("cpu-saturation");
    assertThat(findings.get(0).evidence().get(0))
        .contains("0.97 of 1.00 cores (97 %)")
        .contains("from 0:35 to 1:05");
  }

  @Test
  void aProcessorThatIsSaturatedOnlyWhileEveryCallTimesOutIsTheCause() {
    figure("analytics", "cpu", second -> second < 45 ? 0.2 : 0.97);
    SyntheticRun.Order unanswered =
        SyntheticRun.Order.failing(
            (service, second, number) -> {
              boolean late = service.equals("analytics") && second >= 40;
              return late ? "Request timeout to 127.0.0.1 after 3000 ms" : "";
            });
    assertThat(findings(unanswered)).extracting(Finding::kind).containsExactly("cpu-saturation");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 0.5"})
  void aServiceThatUsesMoreThanWasAssumedHasMoreAndNobodyKnowsHowMuch(int cores, double busy) {
    figure("analytics", "cpu", second -> 2.7);
    if (cores > 0) {
      // Of a machine that it does not run on: it is reached by a tunnel.
      figure("host", "cores", second -> cores).figure("host", "cpu", second -> busy);
    }
    SyntheticRun.Order always =
        SyntheticRun.Order.taking(
            (service, second, number) -> service.equals("analytics") ? 700 : 5);
    assertThat(seen.evidence(folder, always, "unknown", "analytics"))
        .contains("it used 2.70 cores, and nothing says how many it has");
  }

  @Test
  void whereItRunsOnThisMachineThatIsWhatItHas() {
    figure("analytics", "cpu", second -> second < 35 ? 0.2 : 2.7);
    figure("host", "cores", second -> 3).figure("host", "cpu", second -> 2.9);
    assertThat(seen.evidence(folder, new Slow(), "cpu-saturation", "analytics"))
        .contains("2.70 of 3.00 cores (90 %)")
        .doesNotContain("assumed");
  }

  @Test
  void whereTheGeneratorWasLateNothingIsSaidOfTimesAndErrorsAreAllTheSame() {
    figure("analytics", "cpu", second -> second < 35 ? 0.2 : 0.97);
    assertThat(seen.findingsOfALateGenerator(folder.resolve("slow"), new Slow())).isEmpty();
    SyntheticRun.Order slowAndWrong =
        new SyntheticRun.Order() {
          @Override
          public int millis(String service, int second, int number) {
            return new Slow().millis(service, second, number);
          }

          @Override
          public String error(String service, int second, int number) {
            boolean wrong = service.equals("analytics") && number % 3 == 0;
            return wrong ? "status, j.l.IllegalArgumentException: 500 in place of 200" : "";
          }
        };
    assertThat(seen.findingsOfALateGenerator(folder.resolve("wrong"), slowAndWrong))
        .extracting(Finding::kind)
        .containsExactly("server-errors");
    assertThat(findings(new Slow())).extracting(Finding::kind).containsExactly("cpu-saturation");
  }

  @Test
  void callsAreCountedOverTheSameTimeAsTheirMessagesAlsoWhereTheLoadWasStopped() {
    SyntheticRun.Order wrong =
        SyntheticRun.Order.failing(
            (service, second, number) -> {
              boolean first = service.equals("support") && number == 0;
              return first ? "status, j.l.IllegalArgumentException: 500 in place of 200" : "";
            });
    assertThat(seen.stoppedAt(50).evidence(folder, wrong, "server-errors", "support"))
        .contains("60 calls of support failed", "60 of them: status, 500 in place of 200");
  }

  @Test
  void slowLargeAnswersOfAFlatRateAreTheLine() {
    figure("analytics", "received", second -> second < 35 ? 1e6 : 2.5e6 + second % 2 * 1e4);
    List<Finding> findings = findings(new Slow());
    assertThat(findings).extracting(Finding::kind).containsExactly("network-bandwidth");
    assertThat(findings.get(0).evidence().get(0)).contains("kB per second from 0:35");
  }

  @Test
  void slowAnswersForNoReasonThatIsSeenAreUnknown() {
    SyntheticRun.Order always =
        SyntheticRun.Order.taking(
            (service, second, number) -> service.equals("analytics") ? 700 : 5);
    assertThat(findings(always)).extracting(Finding::kind).containsExactly("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "'Request timeout to localhost after 3000 ms', no-answer",
    "'content, no items in the answer', wrong-content",
    "'status, j.l.IllegalArgumentException: 500 in place of 200', server-errors",
    "'i.g.h.c.i.PrematureCloseException: closed', connections-closed"
  })
  void errorsAreDistinguishedByWhatTheySay(String message, String kind) {
    List<Finding> findings =
        findings(
            SyntheticRun.Order.failing(
                (service, second, number) ->
                    service.equals("support") && number == 0 ? message : ""));
    assertThat(findings).extracting(Finding::kind).containsExactly(kind);
    assertThat(findings.get(0).evidence())
        .anyMatch(said -> said.contains(message.replace("j.l.IllegalArgumentException: ", "")));
  }

  @Test
  void aServiceThatRefusesEverythingForAWhileWasGone() {
    List<Finding> findings =
        findings(
            SyntheticRun.Order.failing(
                (service, second, number) -> {
                  boolean gone = service.equals("auth") && second >= 20 && second < 25;
                  return gone ? "j.n.ConnectException: Connection refused" : "";
                }));
    assertThat(findings).extracting(Finding::kind).containsExactly("outage");
    assertThat(findings.get(0).evidence().get(0)).contains("from 0:25 to 0:30");
  }
}
