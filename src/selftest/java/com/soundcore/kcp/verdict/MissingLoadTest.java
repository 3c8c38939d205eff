package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.testkit.SyntheticVerdict.assertOutcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose load was not what was planned, and that once would have been green. */
class MissingLoadTest {
  private static final Order HEALTHY = new Order() {};

  @TempDir private Path folder;

  private Verdict verdict(SyntheticRun run, Order order) {
    return SyntheticVerdict.of(run.write(folder, order));
  }

  @Test
  void aSilentServiceFails() {
    Verdict verdict =
        verdict(
            new SyntheticRun(),
            Order.sending((service, second, planned) -> service.equals("auth") ? 0 : planned));
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons())
        .contains(
            "auth / call needs at least one correct response: 0 of 0",
            "auth must get 4.8 req/s: 0.0 req/s (n = 0 in 58 s)",
            "auth: p95 < 200 ms cannot be judged on 0 samples; it takes 100");
  }

  @Test
  void sixtyPercentOfTheRateIsNoPass() {
    Verdict verdict =
        verdict(new SyntheticRun(), Order.sending((service, second, planned) -> planned * 6 / 10));
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons())
        .anyMatch(reason -> reason.startsWith("arrivals were up to "))
        .contains("knowledge must get 49.3 req/s: 30.0 req/s (n = 1,740 in 58 s)");
  }

  @Test
  void aHoldWithADipIsNoHold() {
    Verdict verdict =
        verdict(
            new SyntheticRun(),
            Order.sending(
                (service, second, planned) -> {
                  boolean dip = service.equals("support") && second >= 20 && second < 30;
                  boolean madeUp = service.equals("support") && second >= 30 && second < 40;
                  return dip ? planned / 3 : madeUp ? planned * 5 / 3 : planned;
                }));
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons())
        .containsExactly(
            "arrivals were up to 990 ms behind their plan (limit 500 ms); the generator, not the"
                + " system, may be what was measured: use a larger machine, fewer services or"
                + " several injectors",
            "support must get 90 % of its planned rate at any time: 33.3 % at second 25");
  }

  @Test
  void aFreezeThatMovesNoPercentileIsAStall() {
    Verdict verdict =
        verdict(
            new SyntheticRun(),
            Order.taking(
                (service, second, number) -> {
                  boolean frozen = service.equals("content") && second >= 20 && second < 25;
                  return frozen ? (25 - second) * 1000 - number * 90 : 5;
                }));
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    assertThat(verdict.reasons())
        .anyMatch(reason -> reason.startsWith("content must not stop answering"));
  }

  @Test
  void aHoldTooShortForAStallDoesNotPassAsFreeOfOne() {
    assertThat(verdict(new SyntheticRun().holding(5), HEALTHY).notProved())
        .contains("auth: a stall is not seen in a hold of 5 s; it takes 6 s");
  }

  @Test
  void whatIsDroppedInARampCountsWhereTheWholeRunDoes() {
    Verdict spike = verdict(new SyntheticRun().of("spike").shedding(17, 2), HEALTHY);
    assertThat(spike.reasons())
        .anyMatch(reason -> reason.contains("cap of 1,000 requests in flight: 17 were"));
  }

  @Test
  void aBurstAfterAStandstillOfTheGeneratorSaysNothingOfTheSystem() {
    Verdict verdict = verdict(new SyntheticRun().pausedIn(30, 140).shedding(17, 35), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0))
        .startsWith("the generator itself paused or waited at that time");
  }

  @Test
  void shedArrivalsFail() {
    SyntheticRun.Order slow =
        SyntheticRun.Order.taking((service, second, number) -> second == 25 ? 10_000 : 5);
    Verdict verdict = verdict(new SyntheticRun().shedding(17, 30), slow);
    assertOutcome(
        verdict,
        Status.FAIL,
        "no arrival may be dropped at the cap of 1,000 requests in flight: 17 were (n = 6,000); the"
            + " cap was reached at a mean response time of 10,000 ms");
  }

  @Test
  void whatTheGeneratorDidIsSaidBeforeTheGatesThatItSpoiled() {
    Verdict verdict =
        verdict(new SyntheticRun().withFullLoop(600).pausedIn(30, 140).shedding(17, 35), HEALTHY);
    assertThat(verdict.reasons().get(0))
        .startsWith("the generator had an event loop that was late");
    assertThat(verdict.reasons().get(1)).startsWith("the generator itself paused or waited");
  }

  @Test
  void whereHardlyAnyCallIsAnsweredNoMeanIsMadeOfThem() {
    SyntheticRun.Order standstill =
        SyntheticRun.Order.sending((service, second, planned) -> second == 25 ? 0 : planned);
    assertThat(verdict(new SyntheticRun().shedding(17, 30), standstill).reasons())
        .anyMatch(
            reason -> reason.endsWith("17 were (n = 5,900); hardly any call was answered then"));
  }

  @Test
  void aStarvedGeneratorProvesNothing() {
    Verdict verdict = verdict(new SyntheticRun().pausedPerSecond(600), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0))
        .startsWith("the generator paused for 600 ms (limit 150 ms)")
        .endsWith("use a larger machine, fewer services or several injectors");
  }

  @Test
  void aFullEventLoopProvesNothingHoweverIdleTheMachineIs() {
    Verdict verdict = verdict(new SyntheticRun().withFullLoop(600), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0))
        .startsWith(
            "the generator had an event loop that was late by 20 ms and more (pauses of the process"
                + " not counted) for 60 % of the worst 10 s of a hold (limit 30 %)");
    // A system that answers all at once, again and again, makes it late, too.
    assertThat(verdict(new SyntheticRun().withFullLoop(200), HEALTHY).status())
        .isEqualTo(Status.PASS);
    // What stops the whole process is no matter of its event loops.
    Verdict paused = verdict(new SyntheticRun().pausedPerSecond(600).withFullLoop(700), HEALTHY);
    assertThat(paused.reasons())
        .extracting(reason -> reason.substring(0, reason.indexOf(" (limit")))
        .containsExactly(
            "the generator paused for 600 ms",
            "the generator was kept waiting for a processor for 60 % of the worst 10 s of a hold");
  }

  @Test
  void whatARampShedsIsReportedAndDoesNotCount() {
    Verdict verdict = verdict(new SyntheticRun().shedding(17, 2), HEALTHY);
    assertThat(verdict.status()).isEqualTo(Status.PASS);
    assertThat(verdict.generator().shedArrivals()).isEqualTo(17);
  }
}
