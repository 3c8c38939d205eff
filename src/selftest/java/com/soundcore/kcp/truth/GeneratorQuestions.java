package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Systems;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import java.nio.file.Path;
import java.util.List;

/** Does it know its own faults from those of the system? */
final class GeneratorQuestions {
  // A cap as tight as 1,000 is at 10,000 req/s: a pause of 100 ms reaches it.
  private static final KcpConfig QPS =
      Bench.config("kcp.load-scale", "0.02", "kcp.max-in-flight", "20");

  private static final KcpConfig SOAK = Bench.config("kcp.load-scale", "0.02");

  private GeneratorQuestions() {}

  static List<Question> all() {
    return List.of(
        new Question(
            "the generator's own quota or ports: not INVALID",
            0.01,
            (seed, folder) -> of(seed, folder, seed % 2 == 0 ? quota(seed) : ports(seed))),
        new Question(
            "a pause of the generator, 0.15 to 1.5 s: another verdict (Qps10k)",
            0.01,
            (seed, folder) -> sameVerdict(QPS, "Qps10k", pause(seed), seed, folder)),
        new Question(
            "one to three pauses in an hour: another verdict (Soak)",
            0.01,
            (seed, folder) -> sameVerdict(SOAK, "Soak", pauses(seed), seed, folder)),
        new Question(
            "the generator's own pause, quota or ports: FAIL",
            0,
            (seed, folder) -> {
              GeneratorModel generator =
                  switch ((int) (seed % 3)) {
                    case 0 -> pause(seed);
                    case 1 -> quota(seed);
                    default -> ports(seed);
                  };
              String said = of(seed, folder, generator).what();
              return Answer.of(!said.contains(": FAIL ["), said);
            }));
  }

  private static GeneratorModel pause(long seed) {
    Systems systems = new Systems(QPS, seed);
    return GeneratorModel.HEALTHY.with(
        new GeneratorModel.Standstill(systems.between(50, 340), systems.between(155, 1500)));
  }

  private static GeneratorModel pauses(long seed) {
    Systems systems = new Systems(SOAK, seed);
    GeneratorModel generator = GeneratorModel.HEALTHY;
    for (int pause = systems.random().nextInt(3); pause >= 0; pause--) {
      generator =
          generator.with(
              new GeneratorModel.Standstill(systems.between(65, 3650), systems.between(155, 1500)));
    }
    return generator;
  }

  /** A healthy system with so many workers that no call waits for one. */
  private static SystemUnderTest roomy(Systems systems) {
    return systems
        .healthy(0.1)
        .withAll(
            s ->
                ServiceModel.of(
                    s.process(),
                    s.workers() * 40,
                    ServiceTime.lognormal(systems.between(1, 6), 0.4)));
  }

  /** Half of the systems are healthy, a quarter is slow, a quarter has errors. */
  private static Answer sameVerdict(
      KcpConfig config, String test, GeneratorModel generator, long seed, Path folder) {
    Systems systems = new Systems(config, seed);
    String some = systems.service();
    SystemUnderTest healthy = roomy(systems);
    int p95 = (int) config.allServices().get(some).target().p95().toMillis();
    SystemUnderTest system =
        switch (systems.random().nextInt(4)) {
          case 0 -> healthy.with(some, s -> s.with(new Trouble.Errors(0.03, 1)));
          case 1 ->
              healthy.with(
                  some,
                  s -> s.withWorkers(1000).with(new Trouble.Step(0, 100_000, p95, 1, Trouble.ALL)));
          default -> healthy;
        };
    Status without =
        Bench.judged(
                config, Simulation.of(config, test, system).seed(seed), folder.resolve("without"))
            .verdict()
            .status();
    JudgedRun judged =
        Bench.judged(
            config,
            Simulation.of(config, test, system).by(generator).seed(seed),
            folder.resolve("with"));
    return Answer.of(
        judged.verdict().status() == without,
        "%s, %s without: %s".formatted(generator.pauses(), without, Bench.said(judged)));
  }

  private static GeneratorModel quota(long seed) {
    return GeneratorModel.HEALTHY.throttledTo(new Systems(QPS, seed).between(0.1, 0.7));
  }

  private static GeneratorModel ports(long seed) {
    Systems systems = new Systems(QPS, seed);
    return GeneratorModel.HEALTHY.with(
        new GeneratorModel.NoPorts(systems.between(50, 300), systems.between(301, 340), 0.2));
  }

  private static Answer of(long seed, Path folder, GeneratorModel generator) {
    Systems systems = new Systems(QPS, seed);
    SystemUnderTest system = roomy(systems);
    JudgedRun judged =
        Bench.judged(QPS, Simulation.of(QPS, "Qps10k", system).by(generator).seed(seed), folder);
    return Answer.of(
        judged.verdict().status() == Status.INVALID, generator + ": " + Bench.said(judged));
  }
}
