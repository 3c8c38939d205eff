package com.soundcore.kcp.truth.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.model.GeneratorModel.NoPorts;
import com.soundcore.kcp.truth.model.GeneratorModel.Standstill;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.truth.validation.Simulated.Request;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine that makes the load does to its own measurement. */
class GeneratorFaultsTest {
  private static final KcpConfig CONFIG = Simulated.singleCalls("0.02", "0.2");
  private static final SystemUnderTest SYSTEM =
      SystemUnderTest.healthy(CONFIG, ServiceTime.constant(10), 0.1);

  @TempDir Path folder;

  private SimulatedRun by(GeneratorModel generator) {
    return Simulation.of(CONFIG, "Qps10k", SYSTEM).by(generator).run(folder);
  }

  @Test
  void afterAStandstillAllThatIsDueStartsAtOnce() {
    SimulatedRun run = by(GeneratorModel.HEALTHY.with(new Standstill(30.2, 2_500)));
    List<Integer> starts = Simulated.starts(run);
    assertThat(starts).noneMatch(at -> at > 30_200 && at < 32_700);
    assertThat(starts.stream().filter(at -> at == 32_700).count()).isBetween(249L, 252L);
    assertThat(Simulated.requests(run)).noneMatch(r -> r.endMs() > 30_200 && r.endMs() < 32_700);
    // What was under way is logged late.
    assertThat(Simulated.requests(run)).anyMatch(r -> r.startMs() < 30_200 && r.endMs() == 32_700);

    List<GeneratorSample> samples = run.facts().end().generator();
    GeneratorSample late = samples.stream().filter(s -> s.second() == 30).findFirst().orElseThrow();
    assertThat(late.maxPauseMs()).isCloseTo(2_500, within(5.0));
    assertThat(late.pausedMs()).isEqualTo(late.maxPauseMs());
    assertThat(samples).noneMatch(sample -> sample.second() == 31);
    Verdict verdict = Judge.judge(CONFIG, run.facts(), Simulated.model(run));
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
  }

  @Test
  void aThrottledGeneratorStandsStillManyTimes() {
    SimulatedRun run = by(GeneratorModel.HEALTHY.throttledTo(0.6));
    assertThat(Simulated.starts(run)).hasSizeGreaterThan(6_000).allMatch(at -> at % 100 < 60);
    GeneratorSample sample = run.facts().end().generator().get(40);
    assertThat(sample.maxPauseMs()).isBetween(35.0, 40.0);
    assertThat(sample.pausedMs()).isCloseTo(375, within(20.0));
    assertThat(Simulated.requests(run)).hasSizeGreaterThan(6_000).allMatch(Request::ok);
  }

  @Test
  void aCallThatFindsNoPortNeverReachesTheServer() {
    SimulatedRun run = by(GeneratorModel.HEALTHY.with(new NoPorts(30, 40, 0.5)));
    List<Request> requests = Simulated.requests(run);
    List<Request> failed = requests.stream().filter(r -> !r.ok()).toList();
    assertThat(failed.size()).isBetween(430, 570);
    assertThat(failed)
        .allMatch(r -> r.message().equals("j.n.BindException: Cannot assign requested address"))
        .allMatch(r -> r.startMs() >= 30_000 && r.startMs() < 40_000);
    assertThat(run.truth().services().get("knowledge").requests())
        .isEqualTo(requests.size() - failed.size());
  }

  @Test
  void whatIsMoreThanMayBeInFlightIsShedAndCounted() {
    KcpConfig config =
        Simulated.config(
            "kcp.services", "knowledge",
            "kcp.workload", "read-heavy",
            "kcp.load-scale", "0.02",
            "kcp.time-scale", "0.2",
            "kcp.max-in-flight", "150");
    SystemUnderTest stalls =
        SYSTEM.with("knowledge", service -> service.with(new Trouble.Stall(30, 4)));
    Simulation simulation = Simulation.of(config, "Qps10k", stalls);
    SimulatedRun run = simulation.run(folder);
    long shed = run.facts().end().shedCalls().total("knowledge");
    assertThat(shed).isBetween(248L, 260L);
    long planned = simulation.plan().totalArrivals(simulation.plan().share());
    assertThat(Simulated.requests(run)).hasSize((int) (planned - shed));
    assertThat(run.facts().end().shedCalls().total("knowledge", 33, 34)).isEqualTo(100);
  }
}
