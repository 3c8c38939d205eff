package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.finding.capacity.BreakingPoint;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Systems;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.verdict.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Does its search find the limit, and does its report say what its search said? */
final class LevelQuestions {
  // 400 req/s at the ceiling: knowledge gets 200 of them.
  private static final String SCALE = "0.02";
  private static final KcpConfig CONFIG = Bench.config("kcp.load-scale", SCALE);
  private static final double NEAR = 0.05;
  private static final double LIMITED_BY = 0.5;
  private static final int BISECTIONS = 6;

  private LevelQuestions() {}

  static List<Question> all() {
    return List.of(
        new Question("breaking point: limit outside its interval", 0.05, LevelQuestions::limit),
        new Question("slow to come back: another limit than its own", 0.05, LevelQuestions::slow),
        new Question("never comes back: not said", 0.01, LevelQuestions::lost),
        new Question("report and search disagree", 0, LevelQuestions::agree),
        new Question("a level held that was not sent", 0, LevelQuestions::sent));
  }

  private static Search search() {
    return CONFIG.searchOf(CONFIG.tests().get("breakpoint")).orElseThrow();
  }

  /** Knowledge is the limit: somewhere between two and eighteen of twenty steps. */
  private static SystemUnderTest limited(Systems systems, double capacity) {
    double meanMs = systems.between(8, 60);
    double sigma = systems.between(0.2, 0.8);
    int workers = (int) Math.max(1, Math.round(capacity * meanMs / 1000));
    double exactMs = workers * 1000 / capacity;
    double median = exactMs / Math.exp(sigma * sigma / 2);
    double noise = systems.between(0, 0.03);
    double pauseEvery = systems.between(5, 40);
    return systems
        .healthy(0.3)
        .with("knowledge", service -> ample(service))
        .withAll(service -> ample(service))
        .with(
            "knowledge",
            service ->
                ServiceModel.of("knowledge", workers, ServiceTime.lognormal(median, sigma))
                    .with(new Trouble.Noise(0.9, noise))
                    .with(new Trouble.Pauses(pauseEvery, systems.between(5, 60), false)));
  }

  private static ServiceModel ample(ServiceModel service) {
    return service.withWorkers(service.workers() * 60);
  }

  private static JudgedRun searched(
      Systems systems, SystemUnderTest system, long seed, Path folder) {
    SimulatedRun run =
        Simulation.of(CONFIG, "Breakpoint", system)
            .steeredBy(new SearchSteering(CONFIG, search()))
            .seed(seed)
            .run(folder);
    return Bench.judged(CONFIG, run);
  }

  private static Answer limit(long seed, Path folder) {
    Systems systems = new Systems(CONFIG, seed);
    SystemUnderTest system = limited(systems, systems.between(15, 180));
    JudgedRun judged = searched(systems, system, seed, folder);
    double truth = truth(system, seed, folder.resolve("truth"));
    Optional<BreakingPoint> answer = judged.findings().breakingPoint();
    boolean covered =
        answer
            .map(BreakingPoint::interval)
            .filter(
                interval ->
                    interval.lowRps() <= truth
                        && (interval.highRps() == null || truth <= interval.highRps()))
            .isPresent();
    return Answer.of(
        covered,
        "capacity %.1f limit %.1f: %s"
            .formatted(
                system.services().get("knowledge").capacityPerSecond() * 2,
                truth,
                answer.map(BreakingPoint::sentence).orElse("nothing")));
  }

  /** The highest rate of all services that a long hold bears, by bisection. */
  private static double truth(SystemUnderTest system, long seed, Path folder) {
    double capacity = 2 * system.services().get("knowledge").capacityPerSecond();
    double low = 0.5 * capacity;
    double high = 1.2 * capacity;
    for (int i = 0; i < BISECTIONS + 2; i++) {
      double middle = (low + high) / 2;
      if (bears(system, middle, seed, folder.resolve(String.valueOf(i)))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static boolean bears(SystemUnderTest system, double rate, long seed, Path folder) {
    KcpConfig config =
        Bench.config(
            "kcp.load-scale", String.valueOf(rate / 2000),
            "kcp.max-in-flight", "100000",
            "kcp.tests.soak.stages.0.over", "5s",
            "kcp.tests.soak.stages.1.hold", "900s");
    JudgedRun judged =
        Bench.judged(config, Simulation.of(config, "Soak", system).seed(seed + 77), folder);
    List<Gate> measured =
        judged.verdict().gates().stream()
            .filter(gate -> gate.id().equals("knowledge.p95"))
            .toList();
    // A run that was stopped before its hold was judged on nothing: it bears nothing.
    return !measured.isEmpty()
        && measured.stream().allMatch(gate -> gate.actual() != null && gate.actual() < 300);
  }

  /** Overloaded at a rate, and slow until it has had rest for a while. */
  private static SystemUnderTest overloaded(
      Systems systems, double abovePerSecond, double factor, int quietSeconds) {
    return systems
        .healthy(0.3)
        .withAll(service -> ample(service))
        .with(
            "knowledge",
            service ->
                ample(service)
                    .with(new Trouble.SlowRecovery(abovePerSecond, factor, quietSeconds)));
  }

  /** What was tried meanwhile would say nothing of the level. */
  private static Answer slow(long seed, Path folder) {
    Systems systems = new Systems(CONFIG, seed);
    double limit = systems.between(20, 180);
    int quiet = (int) Math.round(systems.between(5, 50));
    SystemUnderTest system = overloaded(systems, limit, systems.between(80, 150), quiet);
    JudgedRun judged = searched(systems, system, seed, folder);
    Optional<BreakingPoint> answer = judged.findings().breakingPoint();
    double found = answer.map(BreakingPoint::lastHeld).map(Level::plannedRps).orElse(Double.NaN);
    return Answer.of(
        Math.abs(found - 2 * limit) <= NEAR * 2 * limit + 4,
        "limit %.1f, %d s of rest, found %.1f: %s"
            .formatted(
                2 * limit, quiet, found, answer.map(BreakingPoint::sentence).orElse("nothing")));
  }

  private static Answer lost(long seed, Path folder) {
    Systems systems = new Systems(CONFIG, seed);
    double limit = systems.between(20, 180);
    SystemUnderTest system = overloaded(systems, limit, systems.between(150, 400), 100_000);
    JudgedRun judged = searched(systems, system, seed, folder);
    Optional<BreakingPoint> answer = judged.findings().breakingPoint();
    boolean said =
        answer.isPresent()
            && answer.get().outcome() == BreakingPoint.Outcome.NOT_RECOVERED
            && judged.verdict().status() == (2 * limit < 200 ? Status.FAIL : Status.INVALID);
    return Answer.of(said, "limit %.1f: %s".formatted(2 * limit, Bench.said(judged)));
  }

  private static Answer agree(long seed, Path folder) {
    Systems systems = new Systems(CONFIG, seed);
    SystemUnderTest system = limited(systems, systems.between(15, 230));
    JudgedRun judged = searched(systems, system, seed, folder);
    return Answer.of(
        judged.findings().contradictions().isEmpty(),
        String.valueOf(judged.findings().contradictions()));
  }

  /** A cap that is reached long before the targets are missed. */
  private static Answer sent(long seed, Path folder) {
    KcpConfig config =
        Bench.config(
            "kcp.load-scale", SCALE, "kcp.max-in-flight", String.valueOf(2 + (int) (seed % 20)));
    Systems systems = new Systems(config, seed);
    double meanMs = systems.between(15, 80);
    SystemUnderTest system =
        systems
            .healthy(LIMITED_BY)
            .withAll(
                service ->
                    ServiceModel.of(service.process(), 500, ServiceTime.lognormal(meanMs, 0.2)));
    SimulatedRun run =
        Simulation.of(config, "Breakpoint", system)
            .steeredBy(new SearchSteering(config, search()))
            .seed(seed)
            .run(folder);
    JudgedRun judged = Bench.judged(config, run);
    boolean lied =
        judged.findings().levels().stream()
            .filter(Level::held)
            .anyMatch(level -> level.achievedRps() < 0.9 * level.plannedRps());
    boolean required =
        judged.verdict().gates().stream()
            .anyMatch(
                gate ->
                    gate.id().equals("all.holds-at-least")
                        && gate.status() == Gate.Outcome.PASS
                        && gate.actual() > 20 * 1000 / meanMs * 1.3);
    return Answer.of(!lied && !required, Bench.said(judged));
  }
}
