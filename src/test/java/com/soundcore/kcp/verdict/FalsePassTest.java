package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunFolder;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.verdict.Verdict.Status;
import com.soundcore.kcp.verdict.WrittenRun.Order;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that once would have been green. */
class FalsePassTest {
  private static final Order HEALTHY = new Order() {};

  @TempDir private Path folder;

  private Verdict verdict(WrittenRun run, Order order) {
    return verdict(run.write(folder, order));
  }

  private static Verdict verdict(RunFolder folder) {
    int settle = (int) WrittenRun.CONFIG.gates().settle().toSeconds();
    return Judge.judge(
        WrittenRun.CONFIG,
        folder.facts(),
        RunModelBuilder.read(
            folder, folder.facts(), settle, Judge.limits(WrittenRun.CONFIG, folder.facts())));
  }

  private static void assertOutcome(Verdict verdict, Status status, String... sentences) {
    assertThat(verdict.status()).as(verdict.reasons().toString()).isEqualTo(status);
    assertThat(verdict.reasons()).contains(sentences);
  }

  @Test
  void theHealthyRunPasses() {
    Verdict verdict = verdict(new WrittenRun(), HEALTHY);
    assertOutcome(verdict, Status.PASS, "34 of 36 gates held, 2 not proved");
    assertThat(verdict.generator().messages()).isEmpty();
    assertThat(verdict.notProved())
        .containsExactly(
            "support must have fewer errors than 0.1 %: 0 % (0 of 900); at most 0.332 % with 95 % confidence; not proved: 900 calls cannot prove it; it takes 2,995 without one error",
            "auth must have fewer errors than 0.01 %: 0 % (0 of 300); at most 0.994 % with 95 % confidence; not proved: 300 calls cannot prove it; it takes 29,956 without one error");
  }

  @Test
  void aRunWithoutRequestsIsInvalid() {
    Verdict verdict =
        verdict(
            new WrittenRun(),
            new Order() {
              @Override
              public int requests(String service, int second, int planned) {
                return 0;
              }
            });
    assertOutcome(
        verdict,
        Status.INVALID,
        "no request was measured",
        "auth / call needs at least one correct response: 0 of 0",
        "all: p95 < 500 ms cannot be judged on 0 samples; it takes 100");
  }

  @Test
  void aSilentServiceFails() {
    Verdict verdict =
        verdict(
            new WrittenRun(),
            new Order() {
              @Override
              public int requests(String service, int second, int planned) {
                return service.equals("auth") ? 0 : planned;
              }
            });
    assertThat(verdict.status()).isNotEqualTo(Status.PASS);
    assertThat(verdict.reasons())
        .contains(
            "auth / call needs at least one correct response: 0 of 0",
            "auth must get 4.8 req/s: 0.0 req/s (n = 0 in 58 s)",
            "auth: p95 < 200 ms cannot be judged on 0 samples; it takes 100");
  }

  @Test
  void sixtyPercentOfTheRateIsNoPass() {
    Verdict verdict =
        verdict(
            new WrittenRun(),
            new Order() {
              @Override
              public int requests(String service, int second, int planned) {
                return planned * 6 / 10;
              }
            });
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons())
        .anyMatch(reason -> reason.startsWith("arrivals were up to "))
        .contains("knowledge must get 49.3 req/s: 30.0 req/s (n = 1,740 in 58 s)");
  }

  @Test
  void aHoldWithADipIsNoHold() {
    Verdict verdict =
        verdict(
            new WrittenRun(),
            new Order() {
              @Override
              public int requests(String service, int second, int planned) {
                boolean dip = service.equals("support") && second >= 20 && second < 30;
                boolean madeUp = service.equals("support") && second >= 30 && second < 40;
                return dip ? planned / 3 : madeUp ? planned * 5 / 3 : planned;
              }
            });
    assertThat(verdict.status()).isNotEqualTo(Status.PASS);
    assertThat(verdict.reasons())
        .contains("support must get 90 % of its planned rate at any time: 33.3 % at second 25")
        .noneMatch(reason -> reason.startsWith("support must get 14.9 req/s"));
  }

  private static final Order DEAD =
      new Order() {
        @Override
        public String error(String service, int second, int number) {
          return "j.n.ConnectException: Connection refused";
        }
      };

  @Test
  void aTestThatMayPassTheLimitStillNeedsASystemThatAnswers() {
    Verdict verdict = verdict(new WrittenRun().of("breakpoint"), DEAD);
    assertOutcome(
        verdict,
        Status.FAIL,
        "auth / call needs at least one correct response: 0 of 300",
        "all must have fewer errors than 1 %: 100 % (6,000 of 6,000); at least 99.95 % with 95 % confidence");
  }

  @Test
  void theFirstAndTheLastSecondOfAHoldCount() {
    for (int bad : List.of(0, 59)) {
      Verdict verdict =
          verdict(
              new WrittenRun(),
              new Order() {
                @Override
                public String error(String service, int second, int number) {
                  return second == bad ? "status, 503 in place of 200" : "";
                }
              });
      assertOutcome(
          verdict,
          Status.FAIL,
          "all must have fewer errors than 1 %: 1.667 % (100 of 6,000); at least 1.404 % with 95 % confidence");
    }
  }

  @Test
  void oneOrTwoErrorsAreNoRate() {
    Verdict verdict =
        verdict(
            new WrittenRun(),
            new Order() {
              @Override
              public String error(String service, int second, int number) {
                boolean failed = service.equals("auth") && number == 0 && second == 10;
                return failed ? "status, 503 in place of 200" : "";
              }
            });
    assertThat(verdict.status()).isEqualTo(Status.PASS);
    assertThat(verdict.notProved())
        .anyMatch(
            it -> it.startsWith("auth must have fewer errors than 0.01 %: 0.333 % (1 of 300)"));
  }

  @Test
  void whatIsDroppedInARampCountsWhereTheWholeRunDoes() {
    Verdict spike = verdict(new WrittenRun().of("spike").shedding(17, 2), HEALTHY);
    assertThat(spike.reasons())
        .anyMatch(reason -> reason.contains("cap of 1,000 requests in flight: 17 were"));
  }

  @Test
  void aFreezeThatMovesNoPercentileIsAStall() {
    Verdict verdict =
        verdict(
            new WrittenRun(),
            new Order() {
              @Override
              public int millis(String service, int second, int number) {
                boolean frozen = service.equals("content") && second >= 20 && second < 25;
                return frozen ? (25 - second) * 1000 - number * 90 : 5;
              }
            });
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    assertThat(verdict.reasons())
        .anyMatch(reason -> reason.startsWith("content must not stop answering"));
  }

  @Test
  void connectionsThatWereClosedAndTriedAgainAreErrors() {
    Verdict verdict = verdict(new WrittenRun().dropping("knowledge", 61, 20), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    assertThat(verdict.reasons())
        .anyMatch(
            it -> it.startsWith("fewer than 0.1 % of all calls may be closed without an answer"))
        .anyMatch(
            it ->
                it.startsWith(
                    "knowledge must have fewer errors than 0.1 %: 1.993 % (61 of 3,061, 61 closed connections among them)"));
  }

  @Test
  void closedConnectionsOfASharedAddressLeaveItsServicesUnproved() {
    Verdict verdict = verdict(new WrittenRun().dropping("analytics, knowledge", 4, 20), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.PASS);
    assertThat(verdict.notProved())
        .anyMatch(
            it ->
                it.startsWith("knowledge must have fewer errors than 0.1 %: 0 % (0 of 3,000)")
                    && it.endsWith(
                        "not proved: 4 connections of the address that it shares with other"
                            + " services were closed without an answer; they may all have been its"
                            + " own"))
        .noneMatch(it -> it.startsWith("content"));
  }

  @Test
  void aHoldTooShortForAStallDoesNotPassAsFreeOfOne() {
    assertThat(verdict(new WrittenRun().holding(5), HEALTHY).notProved())
        .contains("auth: a stall is not seen in a hold of 5 s; it takes 6 s");
  }

  @Test
  void errorsOfTheGeneratorsMachineProveNothing() {
    for (String message :
        List.of(
            "j.n.BindException: Cannot assign requested address",
            "j.n.SocketException: Too many open files",
            "j.n.UnknownHostException: staging.invalid")) {
      Verdict verdict =
          verdict(
              new WrittenRun(),
              new Order() {
                @Override
                public String error(String service, int second, int number) {
                  return second == 30 ? message : "";
                }
              });
      assertThat(verdict.status()).isEqualTo(Status.INVALID);
      assertThat(verdict.reasons().get(0))
          .startsWith("100 calls never left the generator's machine: " + message);
    }
  }

  @Test
  void aBurstAfterAStandstillOfTheGeneratorSaysNothingOfTheSystem() {
    Verdict verdict = verdict(new WrittenRun().pausedIn(30, 140).shedding(17, 35), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0))
        .startsWith("it was the generator that stood still or waited where this was measured");
  }

  @Test
  void wrongContentUnderStatus200Fails() {
    Verdict verdict =
        verdict(
            new WrittenRun(),
            new Order() {
              @Override
              public String error(String service, int second, int number) {
                boolean wrong = service.equals("content") && second == 30 && number < 3;
                return wrong ? "content, no \"total\": in the answer" : "";
              }
            });
    assertOutcome(verdict, Status.FAIL, "no answer may have the wrong content: 3 had (n = 6,000)");
  }

  @Test
  void slowAndFailingServicesFailWithTheirFigures() {
    Verdict verdict =
        verdict(
            new WrittenRun(),
            new Order() {
              @Override
              public int millis(String service, int second, int number) {
                return service.equals("knowledge") ? 734 : 5;
              }

              @Override
              public String error(String service, int second, int number) {
                boolean failed =
                    service.equals("auth") && number == 0 && second >= 10 && second < 13;
                return failed ? "status, 503 in place of 200" : "";
              }
            });
    assertOutcome(
        verdict,
        Status.FAIL,
        "knowledge p95 must be < 300 ms: 734 ms (n = 2,900); at least 99.897 % of the calls take 300 ms or longer with 95 % confidence",
        "auth must have fewer errors than 0.01 %: 1 % (3 of 300); at least 0.273 % with 95 % confidence");
  }

  @Test
  void tooFewSamplesAreNoPass() {
    Verdict verdict = verdict(new WrittenRun().holding(8), HEALTHY);
    assertOutcome(
        verdict, Status.INVALID, "auth: p95 < 200 ms cannot be judged on 30 samples; it takes 100");
  }

  @Test
  void shedArrivalsFail() {
    Verdict verdict = verdict(new WrittenRun().shedding(17, 30), HEALTHY);
    assertOutcome(
        verdict,
        Status.FAIL,
        "no arrival may be dropped at the cap of 1,000 requests in flight: 17 were (n = 6,000); the cap was reached at a mean of 10,000 ms");
  }

  @Test
  void whatARampShedsIsToldAndDoesNotCount() {
    Verdict verdict = verdict(new WrittenRun().shedding(17, 2), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.PASS);
    assertThat(verdict.generator().shedArrivals()).isEqualTo(17);
  }

  @Test
  void aStarvedGeneratorProvesNothing() {
    Verdict verdict = verdict(new WrittenRun().pausedPerSecond(600), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0))
        .startsWith("the generator stood still for 600 ms (limit 150 ms)")
        .endsWith("use a larger machine, fewer services or several injectors");
  }

  @Test
  void aRunThatWasKilledProvesNothing() throws IOException {
    String sentence = "the run was stopped before its end; its log is not whole";
    assertOutcome(verdict(new WrittenRun().unfinished(), HEALTHY), Status.INVALID, sentence);
    RunFolder cut = new WrittenRun().write(folder, HEALTHY);
    try (FileChannel channel = FileChannel.open(cut.log(), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 5);
    }
    assertOutcome(verdict(cut), Status.INVALID, sentence);
  }
}
