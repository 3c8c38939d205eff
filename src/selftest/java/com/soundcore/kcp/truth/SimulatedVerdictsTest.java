package com.soundcore.kcp.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.finding.Recovery;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.truth.model.Footprint;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.verdict.Gate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs that once were judged wrongly, on systems built for the purpose. */
class SimulatedVerdictsTest {
  @TempDir private Path folder;

  private static SystemUnderTest ample(KcpConfig config) {
    return SystemUnderTest.healthy(config)
        .withAll(
            service -> service.withWorkers(500).withFootprint(Footprint.USUAL.withCpu(0.05, 0)));
  }

  private JudgedRun judged(KcpConfig config, String test, SystemUnderTest system) {
    return Bench.judged(config, Simulation.of(config, test, system), folder);
  }

  private static Gate gate(JudgedRun judged, String id) {
    return judged.verdict().gates().stream()
        .filter(gate -> gate.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBadHoldIsNotMadeGoodByAGoodOne() {
    KcpConfig config = Bench.config();
    // 6 % of what content answers is slow, in the second hold alone.
    SystemUnderTest system =
        ample(config)
            .with("content", s -> s.with(new Trouble.Step(540, 600, 2000, 1, Trouble.ALL)));
    JudgedRun judged = judged(config, "Load", system);
    assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
    assertThat(gate(judged, "content.p95.hold-1").status()).isEqualTo(Gate.Outcome.PASS);
    assertThat(gate(judged, "content.p95.hold-2").status()).isEqualTo(Gate.Outcome.UNDECIDED);
    assertThat(gate(judged, "content.p95.hold-2").message()).contains("in 1 episode");
    assertThat(gate(judged, "content.p95.hold-2").hold()).isEqualTo("hold 200 (9:00 to 14:00)");
  }

  @Test
  void aFreezeInTheClosedModelFailsAndTheOmittedCallsAreShown() {
    KcpConfig config = Bench.config();
    SystemUnderTest system =
        ample(config)
            .withAll(s -> s.with(new Trouble.Stall(200, 9.5)).with(new Trouble.Stall(600, 9.5)));
    JudgedRun judged = judged(config, "Load", system);
    assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
    assertThat(gate(judged, "all.stall.hold-1").status()).isEqualTo(Gate.Outcome.FAIL);
    assertThat(gate(judged, "all.stall.hold-2").status()).isEqualTo(Gate.Outcome.FAIL);
    assertThat(gate(judged, "all.p95.hold-1").status()).isEqualTo(Gate.Outcome.PASS);
    var knowledge = judged.summary().services().get("knowledge");
    assertThat(knowledge.correctedP99Ms()).isGreaterThan(10 * knowledge.p99Ms());
  }

  @Test
  void recoveryIsCountedFromWhenTheLoadIsBack() {
    KcpConfig config = Bench.config();
    // Analytics bears 250 users: 300 and 400 are too many.
    double capacity = 250 * 0.6234 * 0.2;
    SystemUnderTest system =
        ample(config)
            .with(
                "analytics", s -> s.withTime(ServiceTime.constant(4000 / capacity)).withWorkers(4));
    JudgedRun judged = judged(config, "Stress", system);
    Recovery recovery =
        judged.findings().recoveries().stream()
            .filter(r -> r.service().equals("analytics"))
            .findFirst()
            .orElseThrow();
    // 400 users go in ten minutes: at 200 the load is back.
    assertThat(recovery.peakEndSecond()).isEqualTo(28 * 60);
    assertThat(recovery.loadBackSecond()).isBetween(28 * 60 + 280, 28 * 60 + 300);
    assertThat(recovery.outcome()).isEqualTo(Recovery.Outcome.RECOVERED);
    assertThat(recovery.seconds()).isLessThanOrEqualTo(5);
    assertThat(judged.verdict().status()).isEqualTo(Status.PASS);
    assertThat(judged.summary().verdict().answer()).startsWith("holds 200 users");
  }

  @Test
  void aSystemThatHoldsLessThanIsRequiredFailsAndItsAnswerComesFirst() {
    KcpConfig config = Bench.config();
    SystemUnderTest system =
        ample(config).with("auth", s -> s.withTime(ServiceTime.constant(4000)).withWorkers(100));
    JudgedRun judged = judged(config, "Stress", system);
    assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
    assertThat(judged.summary().verdict().answer())
        .startsWith("holds less than 100 users")
        .contains("auth fails first");
  }

  @Test
  void aStepInsideTheTargetIsFoundThoughNoCauseFits() {
    KcpConfig config = Bench.config("kcp.load-scale", "0.1", "kcp.time-scale", "0.05");
    SystemUnderTest system =
        ample(config)
            .with("analytics", s -> s.with(new Trouble.Step(17, 10_000, 120, 1, Trouble.ALL)));
    JudgedRun judged = judged(config, "Soak", system);
    assertThat(judged.findings().findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo("sudden-slowdown");
              assertThat(finding.service()).isEqualTo("analytics");
              assertThat(finding.evidence().get(0)).contains("at 0:17, at equal load");
            });
    assertThat(gate(judged, "all.latency-drift").status()).isEqualTo(Gate.Outcome.FAIL);
  }

  @Test
  void aLastingStepFailsASoakWhateverItsCauseIsCalled() {
    KcpConfig config = Bench.config("kcp.load-scale", "0.1", "kcp.time-scale", "0.05");
    SystemUnderTest system =
        ample(config)
            .with("analytics", s -> s.with(new Trouble.Step(100, 10_000, 120, 1, "overview")));
    JudgedRun judged = judged(config, "Soak", system);
    assertThat(judged.findings().findings())
        .extracting(finding -> finding.kind())
        .contains("slow-operation");
    assertThat(gate(judged, "all.latency-drift").status()).isEqualTo(Gate.Outcome.FAIL);
  }

  @Test
  void aStepThatEndsAgainIsAFindingAndNoDrift() {
    KcpConfig config = Bench.config("kcp.load-scale", "0.1", "kcp.time-scale", "0.05");
    SystemUnderTest system =
        ample(config)
            .with("analytics", s -> s.with(new Trouble.Step(100, 112, 120, 1, Trouble.ALL)));
    JudgedRun judged = judged(config, "Soak", system);
    assertThat(judged.findings().findings())
        .extracting(finding -> finding.kind())
        .containsExactly("sudden-slowdown");
    assertThat(gate(judged, "all.latency-drift").status()).isEqualTo(Gate.Outcome.PASS);
  }

  private Recovery afterASpike(Trouble trouble) {
    SystemUnderTest system = ample(Bench.config()).with("analytics", s -> s.with(trouble));
    JudgedRun judged = judged(Bench.config(), "Spike", system);
    return judged.findings().recoveries().stream()
        .filter(recovery -> recovery.service().equals("analytics"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBadMomentLongAfterAPeakThatChangedNothingIsNoRecovery() {
    Recovery recovery = afterASpike(new Trouble.Step(310, 338, 300, 1, Trouble.ALL));
    assertThat(recovery.outcome()).isEqualTo(Recovery.Outcome.UNAFFECTED);
    assertThat(recovery.seconds()).isZero();
  }

  @Test
  void whatIsSlowOnlyAfterThePeakHasRecoveredWhenItIsFastAgain() {
    Recovery recovery = afterASpike(new Trouble.Step(262, 311, 300, 1, Trouble.ALL));
    assertThat(recovery.outcome()).isEqualTo(Recovery.Outcome.RECOVERED);
    assertThat(recovery.loadBackSecond() + recovery.seconds()).isBetween(308, 314);
  }
}
