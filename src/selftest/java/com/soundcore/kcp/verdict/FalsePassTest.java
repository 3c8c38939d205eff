package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.testkit.SyntheticVerdict.assertOutcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that once would have been green. */
class FalsePassTest {
  private static final Order HEALTHY = new Order() {};

  @TempDir private Path folder;

  private Verdict verdict(SyntheticRun run, Order order) {
    return SyntheticVerdict.of(run.write(folder, order));
  }

  @Test
  void theHealthyRunPasses() {
    Verdict verdict = verdict(new SyntheticRun(), HEALTHY);
    assertOutcome(verdict, Status.PASS, "39 of 41 gates held, 2 not proved");
    assertThat(verdict.generator().messages()).isEmpty();
    assertThat(verdict.notProved())
        .containsExactly(
            "support must have fewer errors than 0.1 %: 0 % (0 of 900); at most 0.332 % with 95 %"
                + " confidence; not proved: 900 calls cannot prove it; it takes 2,995 without one"
                + " error",
            "auth must have fewer errors than 0.01 %: 0 % (0 of 300); at most 0.994 % with 95 %"
                + " confidence; not proved: 300 calls cannot prove it; it takes 29,956 without one"
                + " error");
  }

  @Test
  void aRunWithoutRequestsIsInvalid() {
    Verdict verdict = verdict(new SyntheticRun(), Order.sending((service, second, planned) -> 0));
    assertOutcome(
        verdict,
        Status.INVALID,
        "no request was measured",
        "auth / call needs at least one correct response: 0 of 0",
        "all: p95 < 500 ms cannot be judged on 0 samples; it takes 100");
  }

  private static final Order DEAD =
      Order.failing((service, second, number) -> "j.n.ConnectException: Connection refused");

  @Test
  void aTestThatMayPassTheLimitStillNeedsASystemThatAnswers() {
    Verdict verdict = verdict(new SyntheticRun().of("breakpoint"), DEAD);
    assertOutcome(
        verdict,
        Status.FAIL,
        "auth / call needs at least one correct response: 0 of 300",
        "all must have fewer errors than 1 %: 100 % (6,000 of 6,000); at least 99.95 % with 95 %"
            + " confidence");
  }

  @Test
  void theFirstAndTheLastSecondOfAHoldCount() {
    for (int bad : List.of(0, 59)) {
      Verdict verdict =
          verdict(
              new SyntheticRun(),
              Order.failing(
                  (service, second, number) -> second == bad ? "status, 503 in place of 200" : ""));
      assertOutcome(
          verdict,
          Status.UNDECIDED,
          "all must have fewer errors than 1 %: 1.667 % (100 of 6,000, in 1 episode); at most"
              + " 10.99 % (too few episodes to state a confidence); neither proved nor refuted: a"
              + " hold about 49.8 times as long decides it");
    }
  }

  @Test
  void oneOrTwoErrorsAreNoRate() {
    Verdict verdict =
        verdict(
            new SyntheticRun(),
            Order.failing(
                (service, second, number) -> {
                  boolean failed = service.equals("auth") && number == 0 && second == 10;
                  return failed ? "status, 503 in place of 200" : "";
                }));
    assertThat(verdict.status()).isEqualTo(Status.PASS);
    assertThat(verdict.notProved())
        .anyMatch(
            it -> it.startsWith("auth must have fewer errors than 0.01 %: 0.333 % (1 of 300)"));
  }

  @Test
  void connectionsThatWereClosedAndTriedAgainAreErrors() {
    Verdict verdict = verdict(new SyntheticRun().dropping("knowledge", 61, 20), HEALTHY);
    // A single episode refutes no rate, and it is no PASS.
    assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
    assertThat(verdict.reasons())
        .anyMatch(
            it -> it.startsWith("fewer than 0.1 % of all calls may be closed without an answer"))
        .anyMatch(
            it ->
                it.startsWith(
                    "knowledge must have fewer errors than 0.1 %: 1.993 % (61 of 3,061, 61 closed"
                        + " connections among them, in 1 episode)"));
  }

  @Test
  void closedConnectionsOfASharedAddressLeaveItsServicesUnproved() {
    Verdict verdict = verdict(new SyntheticRun().dropping("analytics, knowledge", 4, 20), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.PASS);
    assertThat(verdict.notProved())
        .anyMatch(
            it ->
                it.startsWith("knowledge must have fewer errors than 0.1 %: 0 % (0 of 3,000)")
                    && it.endsWith(
                        "not proved: 4 connections of the address that it shares with other"
                            + " services were closed without an answer; they may all have been its"
                            + " own"))
        .extracting(it -> it.substring(0, it.indexOf(' ')))
        .containsExactlyInAnyOrder("support", "auth", "knowledge", "analytics", "fewer");
  }

  @Test
  void aTargetOnAnyPercentileIsAGate() {
    Properties properties = new Properties();
    properties.setProperty("kcp.targets.knowledge.p99_9", "1s");
    KcpConfig config = ConfigLoader.load(properties);
    RunFolder run =
        new SyntheticRun()
            .write(
                folder,
                Order.taking(
                    (service, second, number) ->
                        service.equals("knowledge") && second % 5 == 0 && number == 0 ? 2000 : 5));
    RunModel model = RunModelBuilder.read(run, run.facts(), 2, Judge.limits(config, run.facts()));
    Verdict verdict = Judge.judge(config, run.facts(), model);
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    assertThat(verdict.reasons())
        .singleElement()
        .asString()
        .startsWith("knowledge p99.9 must be < 1,000 ms: 2,0");
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
              new SyntheticRun(),
              Order.failing((service, second, number) -> second == 30 ? message : ""));
      assertThat(verdict.status()).isEqualTo(Status.INVALID);
      assertThat(verdict.reasons().get(0))
          .startsWith("100 calls never left the generator's machine: " + message);
    }
  }

  @Test
  void wrongContentUnderStatus200Fails() {
    Verdict verdict =
        verdict(
            new SyntheticRun(),
            Order.failing(
                (service, second, number) -> {
                  boolean wrong = service.equals("content") && second == 30 && number < 3;
                  return wrong ? "content, no \"total\": in the answer" : "";
                }));
    assertOutcome(verdict, Status.FAIL, "no answer may have the wrong content: 3 had (n = 6,000)");
  }

  @Test
  void slowAndFailingServicesFailWithTheirFigures() {
    Verdict verdict =
        verdict(
            new SyntheticRun(),
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
        "knowledge p95 must be < 300 ms: 734 ms (n = 2,900); at least 99.756 % of the calls take"
            + " 300 ms or longer with 95 % confidence",
        "auth must have fewer errors than 0.01 %: 1 % (3 of 300, in 1 episode); at most 5.946 %"
            + " (episodes too long to state a confidence); neither proved nor refuted: a hold about"
            + " 1.9 times as long decides it");
  }

  @Test
  void tooFewSamplesAreNoPass() {
    Verdict verdict = verdict(new SyntheticRun().holding(8), HEALTHY);
    assertOutcome(
        verdict, Status.INVALID, "auth: p95 < 200 ms cannot be judged on 30 samples; it takes 100");
  }

  @Test
  void aRunThatWasKilledProvesNothing() throws IOException {
    String sentence = "the run was stopped before its end; its log is not whole";
    assertOutcome(verdict(new SyntheticRun().unfinished(), HEALTHY), Status.INVALID, sentence);
    RunFolder cut = new SyntheticRun().write(folder, HEALTHY);
    Files.delete(cut.file("simulation.log.crc32c"));
    try (FileChannel channel = FileChannel.open(cut.log(), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 5);
    }
    assertOutcome(SyntheticVerdict.of(cut), Status.INVALID, sentence);
  }
}
