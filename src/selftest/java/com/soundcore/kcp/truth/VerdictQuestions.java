package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.model.Noise;
import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Systems;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import java.nio.file.Path;
import java.util.List;

/** Does it pass what is bad, or fail what is good? */
final class VerdictQuestions {
  // As many errors of auth are expected at its limit as in a whole Qps10k.
  private static final KcpConfig QPS =
      Bench.config("kcp.load-scale", "0.02", "kcp.targets.auth.error-rate", "0.5%");
  private static final KcpConfig LOAD = Bench.config();
  private static final double TWICE = 2;
  private static final double HALF = 0.5;
  private static final double PERCENT_95 = 1.645;

  private VerdictQuestions() {}

  static List<Question> all() {
    return List.of(
        new Question(
            "twice a service's error limit: PASS (Qps10k)",
            0.01,
            (seed, folder) -> errors(QPS, "Qps10k", seed, folder)),
        new Question(
            "twice a service's p95: PASS (Qps10k)",
            0.01,
            (seed, folder) -> slow(QPS, "Qps10k", seed, folder)),
        new Question("twice the p99 of all: PASS (Load)", 0.01, VerdictQuestions::tail),
        new Question("half of a service's rate: PASS (Qps10k)", 0.01, VerdictQuestions::rate),
        new Question(
            "half of every limit, ten kinds of noise: no PASS (Qps10k)",
            0.01,
            (seed, folder) -> half(QPS, "Qps10k", seed, folder)),
        new Question(
            "half of every limit, ten kinds of noise: no PASS (Load)",
            0.01,
            (seed, folder) -> half(LOAD, "Load", seed, folder)));
  }

  private static Answer errors(KcpConfig config, String test, long seed, Path folder) {
    Systems systems = new Systems(config, seed);
    SystemUnderTest system = systems.healthy(HALF);
    String bad = systems.service();
    double share = config.allServices().get(bad).target().errorRate() * TWICE;
    double burst = systems.random().nextBoolean() ? 1 : systems.between(1, 5);
    system = system.with(bad, service -> service.with(new Trouble.Errors(share, burst)));
    JudgedRun judged = Bench.judged(config, Simulation.of(config, test, system).seed(seed), folder);
    boolean wrong = Bench.passes(judged) && !Bench.isOpen(judged, bad + ".errors");
    return Answer.of(!wrong, bad + " errors: " + Bench.said(judged));
  }

  private static Answer slow(KcpConfig config, String test, long seed, Path folder) {
    Systems systems = new Systems(config, seed);
    String bad = systems.service();
    Target target = config.allServices().get(bad).target();
    double sigma = systems.between(0.2, 0.6);
    double median = target.p95().toMillis() * TWICE / Math.exp(PERCENT_95 * sigma);
    SystemUnderTest system =
        systems.healthy(HALF).with(bad, service -> timed(config, service, bad, median, sigma));
    JudgedRun judged = Bench.judged(config, Simulation.of(config, test, system).seed(seed), folder);
    return Answer.of(!Bench.passes(judged), bad + " p95: " + Bench.said(judged));
  }

  private static ServiceModel timed(
      KcpConfig config, ServiceModel service, String name, double median, double sigma) {
    ServiceTime time = ServiceTime.lognormal(median, sigma);
    double perSecond =
        config.allServices().get(name).target().requestsPerSec() * config.run().loadScale();
    int workers = (int) Math.ceil(perSecond * time.meanMs() / 1000 / 0.3);
    return service.withTime(time).withWorkers(Math.max(8, workers));
  }

  /** 2 % of all calls take longer than 1000 ms where 1 % may. */
  private static Answer tail(long seed, Path folder) {
    Systems systems = new Systems(LOAD, seed);
    SystemUnderTest system =
        systems
            .healthy(HALF)
            .withAll(
                service ->
                    service
                        .withTime(ServiceTime.lognormal(10, 0.3).withTail(0.02, 150))
                        .withWorkers(400));
    JudgedRun judged = Bench.judged(LOAD, Simulation.of(LOAD, "Load", system).seed(seed), folder);
    return Answer.of(!Bench.passes(judged), Bench.said(judged));
  }

  private static Answer rate(long seed, Path folder) {
    Systems systems = new Systems(QPS, seed);
    String bad = systems.service();
    double perSecond = QPS.allServices().get(bad).target().requestsPerSec() * QPS.run().loadScale();
    // It can serve half of what comes.
    double meanMs = systems.between(20, 100);
    int workers = (int) Math.max(1, Math.floor(perSecond / 2 * meanMs / 1000));
    double exact = workers * 1000 / (perSecond / 2);
    SystemUnderTest system =
        systems
            .healthy(HALF)
            .with(
                bad,
                service ->
                    service
                        .withTime(ServiceTime.lognormal(exact / Math.exp(0.08), 0.4))
                        .withWorkers(workers));
    JudgedRun judged = Bench.judged(QPS, Simulation.of(QPS, "Qps10k", system).seed(seed), folder);
    return Answer.of(!Bench.passes(judged), bad + ": " + Bench.said(judged));
  }

  /** Half of the errors and half of the time that each service may have, and noise on top. */
  private static Answer half(KcpConfig config, String test, long seed, Path folder) {
    Systems systems = new Systems(config, seed);
    Noise noise = Noise.values()[systems.random().nextInt(Noise.values().length)];
    SystemUnderTest system = systems.healthy(HALF);
    for (String name : config.serviceNames()) {
      Target target = config.allServices().get(name).target();
      double sigma = systems.between(0.2, 0.5);
      // The noise of its neighbours comes on top.
      double median = target.p95().toMillis() * HALF / Math.exp(PERCENT_95 * sigma) / 1.25;
      Trouble errors =
          noise.bringsErrors()
              ? new Trouble.Errors(0, 1)
              : new Trouble.Errors(target.errorRate() * HALF, 1);
      system =
          system.with(
              name,
              service ->
                  noise.on(
                      timed(config, service, name, median, sigma).with(errors), target, systems));
    }
    Simulation simulation = Simulation.of(config, test, system).seed(seed);
    if (noise == Noise.GENERATOR_PAUSE) {
      simulation.by(
          GeneratorModel.HEALTHY.with(
              new GeneratorModel.Standstill(systems.between(50, 340), systems.between(155, 1500))));
    }
    JudgedRun judged = Bench.judged(config, simulation, folder);
    return Answer.of(Bench.passes(judged), noise + ": " + Bench.said(judged));
  }
}
