package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExhaustedMachineTest {
  private static final int RATE = 100;
  private static final int HOLD = 20;

  private final ExhaustedMachine machine =
      new ExhaustedMachine(SyntheticRun.CONFIG, new SyntheticRun().facts(), 2);

  /** A second of the hold in which the load so far is a part of its plan. */
  private static LiveSnapshot tick(int second, double busy, double part, long shed) {
    return tick(second, busy, part, shed, 0.5, 0.3);
  }

  private static LiveSnapshot tick(
      int second, double busy, double part, long shed, double suite, double backend) {
    long sent = Math.round(RATE * second * part);
    Flow all =
        new Flow(
            RATE,
            RATE * part,
            0,
            TickFixture.calls(RATE, RATE, 0, 1L),
            TickFixture.calls(sent, sent, 0, 1L));
    return new LiveSnapshot(
        second,
        120,
        "hold",
        0,
        0,
        17,
        shed,
        all,
        Map.of(),
        Map.of(),
        new GeneratorSample(second, suite, busy, 0, 0, 0, 99, 0, 0.05, 0, backend, 0.2),
        Map.of(),
        List.of(),
        List.of());
  }

  private Optional<Stopped> seeing(int seconds, double busy, double part, long shedEach) {
    Optional<Stopped> stopped = Optional.empty();
    for (int second = HOLD; second <= HOLD + seconds && stopped.isEmpty(); second++) {
      stopped = machine.in(tick(second, busy, part, shedEach * second));
    }
    return stopped;
  }

  @Test
  void fiveBusySecondsBehindThePlanSayWhoUsedWhatAndWhatToType() {
    Stopped stopped = seeing(60, 0.99, 0.5, 0).orElseThrow();
    assertThat(stopped.second()).isEqualTo(HOLD + 5);
    assertThat(stopped.isByGenerator()).isTrue();
    assertThat(stopped.why())
        .startsWith(
            "this machine is too small for the suite and its embedded backend together at this"
                + " rate: its 2 cores were busy for 5 s at 100 req/s (the suite 1.00, the embedded"
                + " backend 0.60, other processes 0.38, other virtual machines 0.10 (steal))")
        // 0.8 of 2 cores less 0.2 for compilers, for 50 answers a second
        .contains("A request costs 24,000 µs of processor time here: about 33 req/s are possible")
        .containsPattern(
            "mvn gatling:test -Dgatling.simulationClass=Qps10k -Dkcp.load-scale=0\\.00\\d+");
  }

  @Test
  void whereOthersTookTheMachineItsSizeIsNotWhatIsWrong() {
    ExhaustedMachine shared =
        new ExhaustedMachine(SyntheticRun.CONFIG, new SyntheticRun().facts(), 2);
    Optional<Stopped> stopped = Optional.empty();
    for (int second = HOLD; stopped.isEmpty(); second++) {
      stopped = shared.in(tick(second, 0.99, 0.5, 0, 0.2, 0.1));
    }
    assertThat(stopped.orElseThrow().why())
        .startsWith("this machine is busy with something else: its 2 cores were busy")
        .contains("other processes 1.38");
  }

  @Test
  void arrivalsThatAreDroppedAtTheCapCountAsWell() {
    assertThat(seeing(60, 0.98, 1, 3)).isPresent();
  }

  @Test
  void aBusyMachineThatKeepsUpGoesOn() {
    assertThat(seeing(60, 1, 1, 0)).isEmpty();
    assertThat(machine.isSuspected()).isFalse();
  }

  @Test
  void anIdleMachineBehindItsPlanIsTheSystemsDoing() {
    assertThat(seeing(60, 0.9, 0.2, 50)).isEmpty();
    assertThat(machine.isSuspected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void lessThanFiveSecondsAreASuspicionOnly(int seconds) {
    assertThat(seeing(seconds, 1, 0.5, 0)).isEmpty();
    assertThat(machine.isSuspected()).isTrue();
    assertThat(machine.in(tick(HOLD + 5, 0.3, 0.5, 0))).isEmpty();
    assertThat(machine.isSuspected()).isFalse();
  }
}
