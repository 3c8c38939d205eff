package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Systems;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.workload.TrafficMix;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Is it right about what is smaller than a service, shorter than a hold, or just at a limit? */
final class GateQuestions {
  // At 2 % of the calls, limits 20 to 100 times as wide: as many errors are allowed as in reality.
  private static final KcpConfig QPS = withErrorRates("2%");
  private static final KcpConfig RAMP = withErrorRates("10%");
  private static final double TWICE = 2;
  private static final double HALF = 0.5;
  private static final double SMALLEST_PART = 0.02;
  private static final int RAMP_SECONDS = 45;
  private static final int END = 345;
  private static final double PERCENT_95 = 1.645;
  // With this number of allowed errors a limit is certainly proved or refuted.
  private static final double CERTAIN = 80;

  private GateQuestions() {}

  private static KcpConfig withErrorRates(String rate) {
    return Bench.config(
        "kcp.load-scale",
        "0.02",
        "kcp.targets.knowledge.error-rate",
        rate,
        "kcp.targets.content.error-rate",
        rate,
        "kcp.targets.support.error-rate",
        rate,
        "kcp.targets.analytics.error-rate",
        rate,
        "kcp.targets.auth.error-rate",
        rate);
  }

  static List<Question> all() {
    return List.of(
        new Question(
            "an operation at twice its error limit: PASS (Qps10k)",
            0.01,
            GateQuestions::operationErrors),
        new Question(
            "an operation at twice its p95: PASS (Qps10k)", 0.01, GateQuestions::operationSlow),
        new Question(
            "twice the error limit in a ramp only: PASS (Qps10k)", 0.01, GateQuestions::ramp),
        new Question("a service down for 3 to 30 s: PASS (Qps10k)", 0, GateQuestions::down),
        new Question(
            "exactly at a service's error limit: PASS (Qps10k)",
            0.05,
            (seed, folder) -> atTheLimit(Status.PASS, seed, folder)),
        new Question(
            "exactly at a service's error limit: FAIL (Qps10k)",
            0.05,
            (seed, folder) -> atTheLimit(Status.FAIL, seed, folder)));
  }

  private static SystemUnderTest healthy(Systems systems) {
    return systems.healthy(HALF).withAll(service -> service.withWorkers(service.workers() * 20));
  }

  private static JudgedRun judged(
      KcpConfig config, SystemUnderTest system, long seed, Path folder) {
    return Bench.judged(config, Simulation.of(config, "Qps10k", system).seed(seed), folder);
  }

  /** "service / operation" of one that has at least 2 % of its service's calls. */
  private static String operation(KcpConfig config, Systems systems) {
    TrafficMix mix = TrafficMix.of(config, config.workloadOf(config.tests().get("qps10k")));
    List<String> all =
        mix.shares().entrySet().stream()
            .filter(share -> share.getValue() >= SMALLEST_PART)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return all.get(systems.random().nextInt(all.size()));
  }

  private static SystemUnderTest with(SystemUnderTest system, String service, Trouble trouble) {
    return system.with(service, model -> model.with(trouble));
  }

  private static Answer operationErrors(long seed, Path folder) {
    Systems systems = new Systems(QPS, seed);
    String bad = operation(QPS, systems);
    String service = Subject.serviceOf(bad);
    double share = QPS.allServices().get(service).target().errorRate() * TWICE;
    Trouble errors = new Trouble.ErrorEpisode(0, 1000, share, share, Subject.nameOf(bad));
    JudgedRun judged = judged(QPS, with(healthy(systems), service, errors), seed, folder);
    boolean wrong = Bench.passes(judged) && !Bench.isOpen(judged, bad + ".errors");
    return Answer.of(!wrong, bad + ": " + Bench.said(judged));
  }

  private static Answer operationSlow(long seed, Path folder) {
    Systems systems = new Systems(QPS, seed);
    String bad = operation(QPS, systems);
    String service = Subject.serviceOf(bad);
    SystemUnderTest system = healthy(systems);
    ServiceTime time = system.services().get(service).time();
    double p95 = time.ms() * Math.exp(PERCENT_95 * time.sigma());
    double factor = QPS.allServices().get(service).target().p95().toMillis() * TWICE / p95;
    UnaryOperator<SystemUnderTest> slow =
        of ->
            of.with(
                service,
                model ->
                    model
                        .withWorkers(model.workers() * 20)
                        .withOperationFactors(Map.of(Subject.nameOf(bad), factor)));
    JudgedRun judged = judged(QPS, slow.apply(system), seed, folder);
    boolean wrong = Bench.passes(judged) && !Bench.isOpen(judged, bad + ".p95");
    return Answer.of(!wrong, bad + ": " + Bench.said(judged));
  }

  /** Auth has too few calls in a ramp at this scale. */
  private static Answer ramp(long seed, Path folder) {
    Systems systems = new Systems(RAMP, seed);
    List<String> services = List.of("knowledge", "content", "support", "analytics");
    String bad = services.get(systems.random().nextInt(services.size()));
    double share = RAMP.allServices().get(bad).target().errorRate() * TWICE;
    Trouble errors = new Trouble.ErrorEpisode(0, RAMP_SECONDS, share, share, Trouble.ALL);
    JudgedRun judged = judged(RAMP, with(healthy(systems), bad, errors), seed, folder);
    return Answer.of(!Bench.passes(judged), bad + ": " + Bench.said(judged));
  }

  /** From when auth, the rarest, gets three calls a second. */
  private static Answer down(long seed, Path folder) {
    Systems systems = new Systems(QPS, seed);
    String bad = systems.service();
    double seconds = systems.between(3, 30);
    double from = systems.between(15, END - seconds);
    Trouble down =
        systems.random().nextBoolean()
            ? new Trouble.Outage(from, from + seconds, systems.random().nextBoolean())
            : new Trouble.ErrorEpisode(from, from + seconds, 1, 1, Trouble.ALL);
    SystemUnderTest system =
        with(healthy(systems).with(bad, model -> model.inProcess(bad + "-alone")), bad, down);
    JudgedRun judged = judged(QPS, system, seed, folder);
    return Answer.of(!Bench.passes(judged), bad + " " + down + ": " + Bench.said(judged));
  }

  /** Errors come singly, in bursts of some answers, or in episodes of some seconds. */
  private static Answer atTheLimit(Status mayNotBe, long seed, Path folder) {
    Systems systems = new Systems(QPS, seed);
    List<String> services =
        QPS.serviceNames().stream()
            .filter(name -> rate(name) * 300 * errors(name) >= CERTAIN)
            .toList();
    String bad = services.get(systems.random().nextInt(services.size()));
    SystemUnderTest system = healthy(systems);
    switch (systems.random().nextInt(3)) {
      case 0 -> system = with(system, bad, new Trouble.Errors(errors(bad), 1));
      case 1 -> {
        // Short enough that a burst is no outage.
        double burst = systems.between(2, Math.max(3, 0.1 * rate(bad)));
        system = with(system, bad, new Trouble.Errors(errors(bad), burst));
      }
      default -> {
        double mean = systems.between(1, 4);
        double every = systems.between(10, 20);
        double share = errors(bad) * every / mean;
        double at = -10 * mean;
        while (at < END) {
          at += -every * Math.log(1 - systems.random().nextDouble());
          double end = at - mean * Math.log(1 - systems.random().nextDouble());
          system = with(system, bad, new Trouble.ErrorEpisode(at, end, share, share, Trouble.ALL));
        }
      }
    }
    JudgedRun judged = judged(QPS, system, seed, folder);
    boolean wrong = judged.verdict().status() == mayNotBe && !Bench.isOpen(judged, bad + ".errors");
    return Answer.of(!wrong, bad + ": " + Bench.said(judged));
  }

  private static double rate(String service) {
    Target target = QPS.allServices().get(service).target();
    return target.requestsPerSec() * QPS.run().loadScale();
  }

  private static double errors(String service) {
    return QPS.allServices().get(service).target().errorRate();
  }
}
