package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.finding.Recovery;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.truth.model.MemoryModel;
import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Systems;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.truth.system.ProcessMemory;
import com.soundcore.kcp.verdict.Gate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does it find what is there, when it was and at whose service, and nothing else? */
final class FindingQuestions {
  private static final KcpConfig QPS = Bench.config("kcp.load-scale", "0.02");
  // Its rows are kept in a database.
  private static final KcpConfig SOAK =
      Bench.config("kcp.load-scale", "0.02", "kcp.findings.drift.created-row-bytes", "0");
  private static final KcpConfig USERS = Bench.config();
  private static final double MIB = 1 << 20;
  private static final Pattern CLOCK = Pattern.compile("at (\\d+):(\\d\\d), at equal load");

  private FindingQuestions() {}

  static List<Question> all() {
    List<Question> all = new ArrayList<>();
    for (String test : List.of("Qps10k", "Soak", "Load", "Stress", "Spike")) {
      KcpConfig config = test.equals("Qps10k") ? QPS : test.equals("Soak") ? SOAK : USERS;
      all.add(
          new Question(
              "healthy, full length: any finding, or no PASS (" + test + ")",
              0.01,
              (seed, folder) -> healthy(config, test, seed, folder)));
    }
    all.add(
        new Question(
            "leak that fills the memory within 10 tests: not found (Soak)",
            0.05,
            FindingQuestions::leak));
    all.add(
        new Question(
            "step of 3 times and 50 ms: not found within 3 s (Qps10k)",
            0.01,
            FindingQuestions::step));
    all.add(
        new Question("recovery: off by more than 3 s (Spike)", 0.05, FindingQuestions::recovery));
    all.add(new Question("did not recover: not found (Spike)", 0.01, FindingQuestions::noRecovery));
    all.add(
        new Question(
            "stall of 5 s and more: PASS (Qps10k, open)",
            0,
            (seed, folder) -> stall(QPS, "Qps10k", 45, 345, seed, folder)));
    all.add(
        new Question(
            "stall of 5 s and more: PASS (Load, closed)",
            0,
            (seed, folder) -> stall(USERS, "Load", 120, 420, seed, folder)));
    all.add(
        new Question(
            "connections closed, twice the limit: PASS (Qps10k)", 0.01, FindingQuestions::drops));
    return all;
  }

  private static Answer healthy(KcpConfig config, String test, long seed, Path folder) {
    Systems systems = new Systems(config, seed);
    // Users above their plan make more load than the targets' rates: enough workers for all of it.
    SystemUnderTest system =
        systems
            .healthy(0.4)
            .withAll(s -> test.equals("Qps10k") ? s : s.withWorkers(s.workers() * 4));
    JudgedRun judged = Bench.judged(config, Simulation.of(config, test, system).seed(seed), folder);
    return Answer.of(
        Bench.passes(judged) && judged.findings().findings().isEmpty(), Bench.said(judged));
  }

  /** At a rate that would fill what is left in one to ten times the test. */
  private static Answer leak(long seed, Path folder) {
    Systems systems = new Systems(SOAK, seed);
    String bad = systems.service();
    double limit = systems.between(300, 2000) * MIB;
    double base = systems.between(80, 200) * MIB;
    double calls =
        SOAK.allServices().get(bad).target().requestsPerSec() / 10_000 * 2000 * 0.02 * 3630;
    double within = systems.between(1, 9);
    boolean jvm = systems.random().nextBoolean();
    // What is left at the end of the test is filled in so many tests more.
    double begins = jvm ? base * ProcessMemory.OLD_SHARE : base;
    double perCall = (limit - begins) * 0.9 / (within + 1) / calls;
    MemoryModel memory =
        MemoryModel.of(base)
            .with(new MemoryModel.Sawtooth(systems.between(5, 60) * MIB, systems.between(7, 60)))
            .with(new MemoryModel.Warming(systems.between(2, 30) * MIB, systems.between(10, 60)))
            .with(new MemoryModel.Wander(systems.between(0.5, 4) * MIB, 0.9))
            .with(new MemoryModel.Leak(perCall))
            .limitedTo(limit);
    MemoryModel of = jvm ? memory.asJvm() : memory;
    SystemUnderTest system =
        systems
            .healthy(0.4)
            .with(
                bad,
                s ->
                    s.inProcess(bad + "-alone")
                        .withWorkers(s.workers() * 4)
                        .withFootprint(s.footprint().withMemory(of)));
    JudgedRun judged = Bench.judged(SOAK, Simulation.of(SOAK, "Soak", system).seed(seed), folder);
    boolean found =
        judged.findings().findings().stream()
            .anyMatch(f -> f.kind().equals("memory-leak") && f.service().equals(bad));
    return Answer.of(
        found && !Bench.passes(judged),
        "%s fills %.0f MiB in %.1f tests (%.1f MiB in this one): %s %s"
            .formatted(
                bad,
                limit / MIB,
                within,
                perCall * calls / MIB,
                judged.findings().drifts().stream().filter(d -> d.service().equals(bad)).toList(),
                Bench.said(judged)));
  }

  private static Answer step(long seed, Path folder) {
    Systems systems = new Systems(QPS, seed);
    String bad = systems.service();
    SystemUnderTest healthy = systems.healthy(0.12);
    ServiceModel before = healthy.services().get(bad);
    double p95 = before.time().meanMs() * 2.5;
    double add = Math.max(60, 3.5 * p95) * systems.between(1, 3);
    int at = systems.second(70, 320);
    int until = systems.random().nextBoolean() ? 100_000 : at + 15 + systems.second(0, 60);
    SystemUnderTest system =
        healthy.with(
            bad,
            s ->
                s.withWorkers(s.workers() * 40)
                    .with(new Trouble.Step(at, until, add, 1, Trouble.ALL)));
    JudgedRun judged = Bench.judged(QPS, Simulation.of(QPS, "Qps10k", system).seed(seed), folder);
    String said =
        judged.findings().findings().stream()
            .filter(f -> f.service().equals(bad))
            .map(f -> f.evidence().toString())
            .reduce("", String::concat);
    Matcher clock = CLOCK.matcher(said);
    boolean found = clock.find();
    int second =
        found ? Integer.parseInt(clock.group(1)) * 60 + Integer.parseInt(clock.group(2)) : -1;
    return Answer.of(
        found && Math.abs(second - at) <= 3,
        "%s +%.0f ms at %d until %d: %s".formatted(bad, add, at, until, Bench.said(judged)));
  }

  private static SimulatedRun spike(
      Systems systems, String bad, int quiet, long seed, Path folder) {
    SystemUnderTest system = systems.healthy(0.12).withAll(s -> s.withWorkers(s.workers() * 20));
    double usual = USERS.allServices().get(bad).target().requestsPerSec() / 10_000 * 100 / 2.16;
    ServiceModel model = system.services().get(bad);
    double factor = Math.max(8, 120 / model.time().meanMs());
    return Simulation.of(
            USERS,
            "Spike",
            system.with(
                bad,
                s ->
                    s.withWorkers(s.workers() * 200)
                        .with(new Trouble.SlowRecovery(usual * 3, factor, quiet))))
        .seed(seed)
        .run(folder);
  }

  private static Answer recovery(long seed, Path folder) {
    Systems systems = new Systems(USERS, seed);
    String bad = systems.service();
    SimulatedRun run = spike(systems, bad, systems.second(4, 120), seed, folder);
    JudgedRun judged = Bench.judged(USERS, run);
    int back = run.truth().services().get(bad).recoveredAt().orElse(-1);
    List<Recovery> found =
        judged.findings().recoveries().stream().filter(r -> r.service().equals(bad)).toList();
    Integer seconds = found.isEmpty() ? null : found.get(0).seconds();
    int said = seconds == null ? -1 : found.get(0).loadBackSecond() + seconds;
    int truth = found.isEmpty() ? back : Math.max(back, found.get(0).loadBackSecond());
    return Answer.of(Math.abs(said - truth) <= 3, "%s back at %d: %s".formatted(bad, back, found));
  }

  private static Answer noRecovery(long seed, Path folder) {
    Systems systems = new Systems(USERS, seed);
    String bad = systems.service();
    JudgedRun judged = Bench.judged(USERS, spike(systems, bad, 100_000, seed, folder));
    boolean gate =
        judged.verdict().gates().stream()
            .anyMatch(g -> g.id().equals(bad + ".recovery") && g.status() == Gate.Outcome.FAIL);
    boolean finding =
        judged.findings().findings().stream()
            .map(Finding::kind)
            .anyMatch(kind -> kind.equals("slow-recovery"));
    return Answer.of(gate && finding, bad + ": " + Bench.said(judged));
  }

  private static Answer stall(
      KcpConfig config, String test, int from, int to, long seed, Path folder) {
    Systems systems = new Systems(config, seed);
    String bad = systems.service();
    double length = systems.between(5, 9);
    double at = systems.between(from, to - length);
    boolean all = systems.random().nextBoolean();
    SystemUnderTest system = systems.healthy(0.4).withAll(s -> s.withWorkers(s.workers() * 4));
    system =
        all
            ? system.withAll(s -> s.with(new Trouble.Stall(at, length)))
            : system.with(
                bad, s -> s.inProcess(bad + "-alone").with(new Trouble.Stall(at, length)));
    JudgedRun judged = Bench.judged(config, Simulation.of(config, test, system).seed(seed), folder);
    boolean found =
        judged.verdict().gates().stream()
            .anyMatch(g -> g.id().contains(".stall") && g.status() == Gate.Outcome.FAIL);
    return Answer.of(
        found && !Bench.passes(judged),
        "%s for %.1f s at %.1f: %s".formatted(all ? "all" : bad, length, at, Bench.said(judged)));
  }

  private static Answer drops(long seed, Path folder) {
    Systems systems = new Systems(QPS, seed);
    double share = systems.between(0.002, 0.05);
    SystemUnderTest system =
        systems.healthy(0.4).with("knowledge", s -> s.with(new Trouble.Drops(share, 1)));
    JudgedRun judged = Bench.judged(QPS, Simulation.of(QPS, "Qps10k", system).seed(seed), folder);
    return Answer.of(!Bench.passes(judged), Bench.said(judged));
  }
}
