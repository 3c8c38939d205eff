package com.soundcore.kcp.truth.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.truth.generator.Steering;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.simulation.Simulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated queue is that of the textbooks. */
class QueueingTest {
  private static final GeneratorModel BY_CHANCE =
      GeneratorModel.HEALTHY.withArrivals(GeneratorModel.Arrivals.POISSON);

  @TempDir Path folder;

  /** Knowledge alone, with exponential times. */
  private static SystemUnderTest system(KcpConfig config, int workers, double meanMs) {
    return SystemUnderTest.healthy(config)
        .with(
            "knowledge",
            service -> service.withWorkers(workers).withTime(ServiceTime.exponential(meanMs)));
  }

  /** The probability of having to wait (A. K. Erlang, 1917). */
  private static double erlangC(int workers, double offered) {
    double term = 1;
    double sum = 0;
    for (int k = 0; k < workers; k++) {
      sum += term;
      term *= offered / (k + 1);
    }
    double waits = term * workers / (workers - offered);
    return waits / (sum + waits);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.6", "4, 0.8", "20, 0.9"})
  void waitingIsAsErlangSays(int workers, double use) {
    KcpConfig config = Simulated.singleCalls("0.2", "0.5");
    double meanMs = workers * use;
    SimulatedRun run =
        Simulation.of(config, "Qps10k", system(config, workers, meanMs))
            .by(BY_CHANCE)
            .seed(7)
            .run(folder);
    Stats steady = Simulated.model(run).steady();
    double perMs = 1.0;
    double wait = erlangC(workers, perMs * meanMs) / (workers / meanMs - perMs);
    assertThat(steady.requests()).isCloseTo(147_000, Percentage.withPercentage(2));
    assertThat(steady.histogram().getMean()).isCloseTo(meanMs + wait, Percentage.withPercentage(8));
    assertThat(run.truth().services().get("knowledge").use(20, 160)).isCloseTo(use, within(0.02));
  }

  @Test
  void inFlightIsRateTimesTimeAsLittleSays() {
    KcpConfig config = Simulated.singleCalls("0.2", "0.5");
    List<Integer> inFlight = new ArrayList<>();
    SimulatedRun run =
        Simulation.of(config, "Qps10k", system(config, 40, 20))
            .by(BY_CHANCE)
            .steeredBy(
                live -> {
                  if (live.second() > 25 && live.second() < 160) {
                    inFlight.add(live.inFlight());
                  }
                  return Steering.Next.ALL;
                })
            .run(folder);
    double mean = inFlight.stream().mapToInt(Integer::intValue).average().orElseThrow();
    double seconds = Simulated.model(run).steady().histogram().getMean() / 1000;
    assertThat(mean).isCloseTo(1000 * seconds, Percentage.withPercentage(8));
  }

  @Test
  void aSharedDatabaseIsTheBottleneckOfAllServices() {
    KcpConfig config = Simulated.config("kcp.load-scale", "0.05", "kcp.time-scale", "0.1");
    SystemUnderTest wide = SystemUnderTest.healthy(config, ServiceTime.exponential(10), 0.2);
    // 500 calls a second with 5 ms each keep 2.5 of its workers busy.
    SimulatedRun enough = Simulation.of(config, "Qps10k", wide.sharingDatabase(5, 0.5)).run(folder);
    assertThat(databaseLoad(enough)).isCloseTo(0.5, within(0.05));
    assertThat(Simulated.model(enough).steady().histogram().getMean()).isLessThan(13);

    SimulatedRun tooFew = Simulation.of(config, "Qps10k", wide.sharingDatabase(2, 0.5)).run(folder);
    // It would be 1.25, but a user waits for its first answer before it calls again.
    assertThat(databaseLoad(tooFew)).isBetween(1.0, 1.25);
    // Each service at least waits for the database while its workers do.
    assertThat(Simulated.model(tooFew).steadyByService())
        .hasSize(5)
        .allSatisfy(
            (service, stats) ->
                assertThat(stats.histogram().getMean()).as(service).isGreaterThan(50));
  }

  private static double databaseLoad(SimulatedRun run) {
    return run.truth().database().subList(20, 45).stream()
        .mapToDouble(load -> load)
        .average()
        .orElseThrow();
  }
}
