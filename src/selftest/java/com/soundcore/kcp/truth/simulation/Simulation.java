package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.truth.generator.SimulatedFacts;
import com.soundcore.kcp.truth.generator.Steering;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.workload.TrafficMix;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** One load test in virtual time, to order. Simulations do not know of each other. */
public final class Simulation {
  private static final long STARTED_AT_MS = 1_700_000_000_000L;
  private static final double SAMPLING_SECONDS = 5;

  private final KcpConfig config;
  private final String simulation;
  private final SystemUnderTest system;
  private GeneratorModel generator = GeneratorModel.HEALTHY;
  private Optional<Steering> steering = Optional.empty();
  private long seed = 1;
  private long startedAtMs = STARTED_AT_MS;
  private double samplingSeconds = SAMPLING_SECONDS;

  private Simulation(KcpConfig config, String simulation, SystemUnderTest system) {
    this.config = config;
    this.simulation = simulation;
    this.system = system;
  }

  /**
   * A simulation of one of the suite's tests.
   *
   * @param simulation the test's class, such as "Qps10k"
   */
  public static Simulation of(KcpConfig config, String simulation, SystemUnderTest system) {
    return new Simulation(config, simulation, system);
  }

  /** By what machine; healthy where it is not said. */
  public Simulation by(GeneratorModel other) {
    generator = other;
    return this;
  }

  /** Lets the load follow what is measured; a test that searches comes at its ceiling then. */
  public Simulation steeredBy(Steering wheel) {
    steering = Optional.of(wheel);
    return this;
  }

  /** Everything random comes from it. */
  public Simulation seed(long number) {
    seed = number;
    return this;
  }

  public Simulation startingAt(long epochMs) {
    startedAtMs = epochMs;
    return this;
  }

  /** How often the system is asked about itself. */
  public Simulation samplingEvery(double seconds) {
    samplingSeconds = seconds;
    return this;
  }

  /** What is to come of it. */
  public Plan plan() {
    return new Plan(config, shape(), mix());
  }

  private TestShape shape() {
    TestShape test = config.tests().get(simulation.toLowerCase(Locale.ROOT));
    boolean searches =
        steering.isPresent()
            && test.search().isPresent()
            && config.modelOf(test) == Model.OPEN
            && config.injector().count() == 1;
    return searches ? test.searching(config.searchOf(test).orElseThrow()) : test;
  }

  private TrafficMix mix() {
    return TrafficMix.of(config, config.workloadOf(shape()));
  }

  /** Runs it; its log is in the folder then, which is made where it is not there. */
  public SimulatedRun run(Path folder) {
    SimulatedFacts facts = new SimulatedFacts(config, shape().name(), mix(), plan(), seed);
    World.Order order =
        new World.Order(simulation, system, generator, steering, startedAtMs, samplingSeconds);
    return new World(order, facts).run(folder);
  }
}
