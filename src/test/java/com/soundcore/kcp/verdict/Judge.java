package com.soundcore.kcp.verdict;

import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.run.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judge of a run. It applies the gates of the test to each hold. */
public final class Judge {
  private static final String ALL = LatencyLimits.ALL;

  private final KcpConfig config;
  private final RunMetadata facts;
  private final RunModel run;
  private final GateOptions options;
  private final Asserts asserts;
  private final GateWriter write = new GateWriter();

  private Judge(KcpConfig config, RunMetadata facts, RunModel run) {
    this.config = config;
    this.facts = facts;
    this.run = run;
    this.options = config.gates();
    this.asserts = testOf(config, facts).asserts();
  }

  /** Judges a run by its calls alone. Gates that its findings require are added later. */
  public static Verdict judge(KcpConfig config, RunMetadata facts, RunModel run) {
    return new Judge(config, facts, run).judge();
  }

  /**
   * Returns the test that was run.
   *
   * @throws LogException if the configuration does not have it
   */
  public static TestShape testOf(KcpConfig config, RunMetadata facts) {
    TestShape test = config.tests().get(facts.setup().simulation());
    if (test == null) {
      throw new LogException(
          "The log is of a test '%s', which conf/tests.conf does not have."
              .formatted(facts.setup().simulation()));
    }
    return test;
  }

  /** Returns the response times by which a run is judged. */
  public static LatencyLimits limits(KcpConfig config, RunMetadata facts) {
    TestShape test = config.tests().get(facts.setup().simulation());
    Map<String, List<Integer>> limits = new LinkedHashMap<>();
    config
        .allServices()
        .forEach(
            (name, service) -> {
              limits.put(name, millis(service.target().percentiles()));
              service
                  .operations()
                  .forEach(
                      (operation, of) ->
                          limits.put(
                              of.fullName(), millis(service.target().of(operation).percentiles())));
            });
    limits.put(ALL, test == null ? List.of() : millis(test.asserts().percentiles()));
    return new LatencyLimits(limits);
  }

  private static List<Integer> millis(Map<Double, Duration> percentiles) {
    return percentiles.values().stream().map(limit -> (int) limit.toMillis()).distinct().toList();
  }

  /**
   * Returns the limits on the calls of a test by subject. If the test judges services, these are
   * the limits of each service and operation. If it judges the whole run, each has the test's error
   * limit, so that no service hides among the others.
   */
  public static Map<String, List<Limit>> limitsOf(KcpConfig config, Asserts asserts) {
    Map<String, List<Limit>> limits = new LinkedHashMap<>();
    List<Limit> ofAll = new ArrayList<>();
    asserts.errorRate().map(Limit::errors).ifPresent(ofAll::add);
    asserts
        .percentiles()
        .forEach((percentile, limit) -> ofAll.add(Limit.percentile(percentile, limit)));
    limits.put(ALL, ofAll);
    for (String name : config.serviceNames()) {
      Service service = config.allServices().get(name);
      Target target = service.target();
      limits.put(name, limitsOf(asserts, target));
      service
          .operations()
          .forEach(
              (operation, of) ->
                  limits.put(of.fullName(), limitsOf(asserts, target.of(operation))));
    }
    return limits;
  }

  private static List<Limit> limitsOf(Asserts asserts, Target target) {
    List<Limit> limits = new ArrayList<>();
    if (asserts.services()) {
      target
          .percentiles()
          .forEach((percentile, limit) -> limits.add(Limit.percentile(percentile, limit)));
      limits.add(Limit.errors(target.errorRate()));
    } else if (asserts.wholeRun()) {
      asserts.errorRate().filter(share -> share > 0).map(Limit::errors).ifPresent(limits::add);
    }
    return limits;
  }

  private Verdict judge() {
    if (!facts.hasPlan()) {
      return Verdict.of(
          List.of("the plan of the run (kcp/run.json) is missing: nothing can be judged"),
          List.of(),
          GeneratorHealth.of(facts, run.timeline(), config.generator()));
    }
    Stopped stopped = facts.end().stopped();
    if (stopped != null && stopped.isByGenerator()) {
      return exhausted(stopped);
    }
    GeneratorPauses still = GeneratorPauses.in(facts, config.generator());
    Set<Integer> disturbed = still.disturbed();
    Provabilities.Counts counts = Provabilities.counts(config, facts);
    CallGates calls = new CallGates(options, facts, run, still, counts, write);
    LoadGates load = new LoadGates(options, facts, run, still, write);
    if (stopped != null) {
      calls.stopped(stopped);
    }
    facts
        .operations()
        .forEach(
            (service, operations) ->
                operations.forEach(
                    operation -> calls.answered(Subject.operation(service, operation))));
    List<Hold> holds = Hold.of(facts, (int) options.settle().toSeconds());
    List<Hold> judged =
        Hold.judged(facts, asserts, (int) options.settle().toSeconds(), run.timeline().length());
    limitsOf(config, asserts)
        .forEach(
            (subject, limits) -> {
              if (facts.calls(subject)) {
                limits.forEach(limit -> limit(calls, judged, subject, limit));
              }
            });
    if (asserts.errorRate().isEmpty() && !holds.isEmpty()) {
      calls.limit(holds.get(0), ALL, Limit.errors(options.firstHoldErrors()));
    }
    calls.wrongContent();
    ClosedConnectionGate.write(options, facts, run, write);
    if (!asserts.mayShed()) {
      load.shed(asserts.wholeRun() ? judged : holds);
      StallGate stall = new StallGate(options, run, still, write);
      holds.forEach(hold -> stalls(stall, hold));
    }
    down(disturbed, holds);
    holds.forEach(hold -> load(load, hold));
    List<String> interruptions =
        new ArrayList<>(new Validity(config.injector(), facts, run).interruptions());
    interruptions.addAll(write.disturbed());
    // If a run was stopped before its first hold, the stop already fails it.
    if (holds.isEmpty() && !asserts.wholeRun() && stopped == null) {
      interruptions.add("the plan has no hold: no limit could be judged");
    }
    return Verdict.of(
        interruptions,
        write.gates(),
        GeneratorHealth.of(facts, run.timeline(), config.generator()));
  }

  /**
   * Returns an INVALID verdict without judging the gates: the generator reached its own limits, not
   * the system's.
   */
  private Verdict exhausted(Stopped stopped) {
    Gate complete =
        new Gate(
            "run.complete",
            "run",
            "runs to its end",
            null,
            "s",
            stopped.second(),
            Gate.Outcome.NO_DATA,
            stopped.why());
    GeneratorHealth health = GeneratorHealth.of(facts, run.timeline(), config.generator());
    return Verdict.of(List.of(), List.of(complete), health.exhausted(stopped.why()));
  }

  private static void limit(CallGates calls, List<Hold> judged, String subject, Limit limit) {
    judged.stream()
        .filter(stretch -> stretch.judges(limit))
        .forEach(stretch -> calls.limit(stretch, subject, limit));
  }

  /** Looks for outages. A test that is meant to exceed the limit must at least begin below it. */
  private void down(Set<Integer> disturbed, List<Hold> holds) {
    int end = Math.max(facts.plannedSeconds(), run.timeline().length());
    int to = !asserts.mayShed() ? end : holds.isEmpty() ? 0 : holds.get(0).to();
    int subjects =
        facts.operations().values().stream().mapToInt(operations -> 1 + operations.size()).sum();
    DownGate gate = new DownGate(run, disturbed, subjects, write);
    facts
        .operations()
        .forEach(
            (service, operations) -> {
              gate.judge(service, 0, to);
              operations.forEach(
                  operation -> gate.judgeOperation(Subject.operation(service, operation), 0, to));
            });
  }

  private void stalls(StallGate stall, Hold hold) {
    stall.stalls(hold, ALL);
    facts.operations().keySet().forEach(service -> stall.stalls(hold, service));
  }

  private void load(LoadGates load, Hold hold) {
    if (facts.isOpen() && asserts.rate()) {
      for (String service : facts.operations().keySet()) {
        load.rate(hold, service, config.run().rateTolerance());
        load.everySecond(hold, service);
      }
    }
    if (!facts.isOpen()) {
      load.users(hold);
    }
  }
}
