package com.soundcore.kcp.live;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.run.Stopped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Detector of an exhausted machine. For some seconds in a row all cores available to this process
 * are busy, and the load falls behind its plan or reaches the cap on requests in flight. From then
 * on the generator measures itself. If the embedded backend runs on the same cores, its share also
 * counts.
 */
final class ExhaustedMachine {
  private static final double BEHIND = 0.9;
  // If others use more than this share of the machine, its size is not the problem.
  private static final double MUCH = 0.3;

  private final int limit;
  private final double cores;
  private final boolean embedded;
  private final boolean open;
  private final RunSetup setup;
  private final KcpConfig.Generator generator;
  private final LoadProfile load;
  private final int lag;
  private final Deque<LiveSnapshot> window = new ArrayDeque<>();

  /**
   * @param cores available to this process
   */
  ExhaustedMachine(KcpConfig config, RunMetadata facts, double cores) {
    this.cores = cores;
    limit = (int) config.earlyStop().exhaustedFor().toSeconds();
    embedded = facts.setup().embedded();
    open = facts.isOpen();
    setup = facts.setup();
    generator = config.generator();
    load = facts.load();
    Duration pauses =
        config.journeys().values().stream()
            .map(Journey::pauses)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    // The later calls of a journey are due only after its pauses and the answers before them.
    lag = (int) pauses.toSeconds() + 1;
  }

  /**
   * Returns whether the rule applies. Tests that may exceed the limit, and runs with planted
   * faults, are meant to.
   */
  static boolean appliesTo(TestShape test, RunMetadata facts) {
    return !test.asserts().mayShed() && facts.setup().faults().isEmpty();
  }

  /**
   * Examines one more second.
   *
   * @return why the load must end, once it must
   */
  Optional<Stopped> in(LiveSnapshot tick) {
    window.addLast(tick);
    while (tick.second() - window.getFirst().second() > limit) {
      window.removeFirst();
    }
    return isUsedUp(limit) ? Optional.of(stopped(tick)) : Optional.empty();
  }

  /** Returns whether the machine may be exhausted, which may then explain other symptoms. */
  boolean isSuspected() {
    return window.size() > 1 && isUsedUp(1);
  }

  private boolean isUsedUp(int seconds) {
    LiveSnapshot first = window.getFirst();
    LiveSnapshot last = window.getLast();
    return last.second() - first.second() >= seconds
        && GeneratorSample.isFull(mean(GeneratorSample::machineCpu))
        && (last.shed() > first.shed() || (open ? isBehind(first, last) : loopsAreLate()));
  }

  private boolean isBehind(LiveSnapshot first, LiveSnapshot last) {
    double planned = 0;
    for (int second = first.second(); second < last.second(); second++) {
      planned += load.rps(Math.max(0, second - lag));
    }
    return last.all().soFar().sent() - first.all().soFar().sent() < BEHIND * planned;
  }

  private boolean loopsAreLate() {
    return mean(GeneratorSample::loopLateMs) / 1000 > generator.maxLoopLate();
  }

  /** Returns the mean over the window without its first second, from which the window counts. */
  private double mean(ToDoubleFunction<GeneratorSample> figure) {
    return window.stream()
        .skip(1)
        .mapToDouble(tick -> figure.applyAsDouble(tick.generator()))
        .average()
        .orElse(0);
  }

  private Stopped stopped(LiveSnapshot last) {
    LiveSnapshot first = window.getFirst();
    double suite = mean(GeneratorSample::processCpu);
    double backend = mean(GeneratorSample::embeddedCpu);
    double steal = mean(GeneratorSample::stealShare);
    double others = Math.max(0, mean(GeneratorSample::machineCpu) - suite - backend);
    int seconds = last.second() - first.second();
    double answered =
        (double) (last.all().soFar().answered() - first.all().soFar().answered()) / seconds;
    double working = Math.max(0.01, suite + backend - mean(GeneratorSample::compilersCpu));
    double cost = working * cores / Math.max(1, answered);
    double rate = generator.sureRate(Math.max(0.1, 1 - others - steal) * cores, cost);
    String used =
        text("the suite %.2f", suite * cores)
            + (embedded ? text(", the embedded backend %.2f", backend * cores) : "")
            + text(", other processes %.2f", others * cores)
            + (steal < 0.01 ? "" : text(", other virtual machines %.2f (steal)", steal * cores));
    String why =
        text(
            "%s: %s busy for %d s at %,.0f req/s (%s), and the load fell behind its plan. A request"
                + " costs %,.0f µs of processor time here: about %,.0f req/s are possible. Type: %s"
                + " (or %s)",
            whoseFault(others + steal),
            cores == 1 ? "its core was" : "its %s cores were".formatted(number(cores)),
            seconds,
            load.rps(last.second()),
            used,
            cost * 1e6,
            rate,
            setup.repeatAtLoad(rate / Math.max(1, peak())),
            embedded
                ? "take fewer services, kcp.services; a system on other machines, kcp.env; or a"
                    + " larger machine"
                : "take a larger machine, or several injectors, kcp.injector");
    return new Stopped(last.second(), why, Stopped.Reason.GENERATOR);
  }

  private String whoseFault(double notOurs) {
    if (notOurs > MUCH) {
      return "this machine is busy with something else";
    }
    return embedded
        ? "this machine is too small for the suite and its embedded backend together at this rate"
        : "this machine is too small for the suite at this rate";
  }

  private double peak() {
    return load.phases().stream().mapToDouble(Phase::totalRps).max().orElse(0);
  }

  private static String number(double cores) {
    return cores == Math.rint(cores) ? String.valueOf((int) cores) : text("%.1f", cores);
  }
}
