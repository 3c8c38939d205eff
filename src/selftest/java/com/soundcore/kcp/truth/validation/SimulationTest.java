package com.soundcore.kcp.truth.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.injection.Share;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  @TempDir Path folder;

  @Test
  void aRunOfSixtyThousandCallsIsReadFromItsFolderAndPasses() {
    KcpConfig config = Simulated.config("kcp.load-scale", "0.02");
    Simulation simulation = Simulation.of(config, "Qps10k", SystemUnderTest.healthy(config));
    SimulatedRun run = simulation.run(folder);
    run.save();
    RunMetadata facts = run.folder().facts();
    assertThat(facts).isEqualTo(run.facts());
    assertThat(run.folder().resources()).isEqualTo(run.resources());
    RunModel model = RunModelBuilder.read(run.folder(), facts, 2, Judge.limits(config, facts));
    assertThat(model.whole().requests()).isGreaterThan(60_000);
    long arrivals =
        IntStream.range(0, model.timeline().length()).mapToLong(model.timeline()::arrivals).sum();
    Plan plan = simulation.plan();
    assertThat(arrivals).isEqualTo(plan.totalArrivals(plan.share()));
    long answered = facts.end().answered().values().stream().mapToLong(a -> a.ok()).sum();
    assertThat(answered).isEqualTo(model.whole().requests());
    Verdict verdict = Judge.judge(config, facts, model);
    assertThat(verdict.status()).as("%s", verdict.reasons()).isEqualTo(Status.PASS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Smoke", "Load", "Stress", "Spike", "Qps10k", "Soak", "Breakpoint"})
  void everyTestOfTheSuiteCanBeSimulated(String test) {
    KcpConfig config = Simulated.config("kcp.load-scale", "0.02", "kcp.time-scale", "0.1");
    Simulation simulation =
        Simulation.of(
            config, test, SystemUnderTest.healthy(config).withAll(s -> s.withWorkers(99)));
    SimulatedRun run = simulation.run(folder);
    Verdict verdict = Judge.judge(config, run.facts(), Simulated.model(run));
    assertThat(verdict.generator().status())
        .as("%s", verdict.generator().messages())
        .isEqualTo("valid");
    assertThat((double) Simulated.requests(run).size())
        .isCloseTo(simulation.plan().plannedRequests(Share.WHOLE), Percentage.withPercentage(20));
    assertThat(verdict.reasons()).noneMatch(reason -> reason.contains("ms (n"));
  }

  @Test
  void theClosedModelHasAsManyUsersAsPlanned() {
    KcpConfig config = Simulated.config("kcp.load-scale", "0.5", "kcp.time-scale", "0.2");
    Simulation simulation = Simulation.of(config, "Load", SystemUnderTest.healthy(config));
    SimulatedRun run = simulation.run(folder);
    List<Timeline.Second> seconds = Simulated.model(run).timeline().seconds();
    Plan plan = simulation.plan();
    long rampDown = plan.durationSeconds() - plan.stages().get(4).duration().toSeconds();
    for (int second = 0; second < rampDown; second++) {
      assertThat(seconds.get(second).users())
          .as("second %d", second)
          .isEqualTo((int) plan.usersAt(second, plan.share()));
    }
    assertThat(seconds.get(seconds.size() - 1).users()).isZero();
    assertThat(run.facts().plannedArrivals()).isZero();
  }

  @Test
  void theLogIsInTheOrderOfItsRecords() {
    KcpConfig config = Simulated.config("kcp.load-scale", "0.05", "kcp.time-scale", "0.1");
    SimulatedRun run = Simulation.of(config, "Qps10k", SystemUnderTest.healthy(config)).run(folder);
    assertThat(Simulated.requests(run).stream().map(Simulated.Request::endMs)).isSorted();
    assertThat(Simulated.starts(run)).isSorted();
  }

  @Test
  void theSameSeedGivesTheSameLogAndAnotherOneDoesNot() throws Exception {
    KcpConfig config = Simulated.config("kcp.load-scale", "0.2", "kcp.time-scale", "0.05");
    SystemUnderTest system =
        SystemUnderTest.healthy(config)
            .withAll(s -> s.with(new Trouble.Noise(0.8, 0.2)).with(new Trouble.Errors(0.01, 5)));
    List<byte[]> logs =
        IntStream.of(1, 1, 2)
            .parallel()
            .mapToObj(
                seed ->
                    Simulation.of(config, "Spike", system)
                        .seed(seed)
                        .run(folder.resolve(seed + "-" + Thread.currentThread().getId()))
                        .folder()
                        .log())
            .map(SimulationTest::bytes)
            .toList();
    assertThat(logs.get(0)).isEqualTo(logs.get(1)).isNotEqualTo(logs.get(2));
    assertThat(logs.get(0).length).isGreaterThan(10_000);
  }

  private static byte[] bytes(Path log) {
    try {
      return Files.readAllBytes(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
