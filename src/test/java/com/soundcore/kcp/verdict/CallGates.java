package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.run.ErrorKind;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.Map;
import java.util.Set;

/** Gates on the calls: latency, errors, content, completeness. */
final class CallGates {
  private static final String ALL = LatencyLimits.ALL;

  private final GateOptions options;
  private final RunMetadata facts;
  private final RunModel run;
  private final GeneratorPauses still;
  private final Provabilities.Counts limits;
  private final GateWriter write;

  /**
   * @param still seconds in which the generator itself paused
   * @param limits number of limits in the plan
   */
  CallGates(
      GateOptions options,
      RunMetadata facts,
      RunModel run,
      GeneratorPauses still,
      Provabilities.Counts limits,
      GateWriter write) {
    this.limits = limits;
    this.options = options;
    this.facts = facts;
    this.run = run;
    this.still = still;
    this.write = write;
  }

  /** Judges a limit on the calls of a hold. */
  void limit(Hold hold, String subject, Limit limit) {
    // A pause of the generator makes calls late, but not wrong.
    Set<Integer> leftOut = limit.isErrors() ? Set.of() : still.leftOut();
    CallSample sample = hold.sample(run, facts, subject, limit, leftOut);
    boolean isPart = hold.isPart(subject);
    int among = isPart ? limits.parts() : limits.whole();
    ServiceLevel level = new ServiceLevel(subject, limit, sample, options.confidence(), among);
    Provability provability =
        new Provability(limit, hold.planned(facts, subject, limit), options.confidence());
    // A part may have few calls. They can still refute a limit.
    long fewest = isPart ? 1 : options.minSamples();
    Outcome judged =
        sample.calls() == 0 && fewest < options.minSamples() && !provability.isCertain()
            ? Outcome.NOT_PROVED
            : level.outcome(
                provability,
                isPart ? limits.doubtfulParts() : limits.doubtful(),
                fewest,
                isPart ? limits.parts() : 1);
    long unknown = limit.isErrors() && judged == Outcome.PASS ? perhapsDropped(hold, subject) : 0;
    boolean blind = unknown > 0 && !withMore(level, unknown).isProved();
    Outcome outcome = blind ? Outcome.NOT_PROVED : judged;
    if (hold.isRamp() && outcome == Outcome.NOT_PROVED) {
      // A ramp is too short to prove a limit. It can only refute one.
      return;
    }
    Double actual = sample.calls() < fewest ? null : actual(hold, subject, limit, sample);
    Gate gate =
        new Gate(
            subject + "." + limit.name(),
            subject,
            limit.required(),
            actual,
            limit.isErrors() ? "%" : "ms",
            sample.calls(),
            outcome,
            sentence(hold, level, outcome, actual, blind ? behind(unknown) : provability.inWords()),
            sample.calls() == 0 || limit.share() == 0 ? null : rounded(level.bound() * 100),
            null);
    boolean otherwise =
        !still.disturbed().isEmpty()
            && isOtherwise(
                outcome, level.with(hold.sample(run, facts, subject, limit, still.disturbed())));
    write.add(hold, gate, otherwise);
  }

  /** Returns whether the outcome changes without the seconds in which the generator paused. */
  private static boolean isOtherwise(Outcome outcome, ServiceLevel without) {
    return outcome == Outcome.FAIL && !without.isRefuted()
        || outcome == Outcome.UNDECIDED && without.isProved();
  }

  /** Counts closed connections of an address that the service shares with others. */
  private long perhapsDropped(Hold hold, String subject) {
    return subject.equals(ALL)
        ? 0
        : facts.end().closedConnections().perhaps(subject, hold.from(), hold.to());
  }

  private static ServiceLevel withMore(ServiceLevel level, long errors) {
    return level.with(level.sample().withMoreBeyond(errors));
  }

  private static String behind(long errors) {
    return text(
        "%,d connections of the address that it shares with other services were closed without an"
            + " answer; they may all have been its own",
        errors);
  }

  private static double rounded(double percent) {
    return Math.round(percent * 1e6) / 1e6;
  }

  private Double actual(Hold hold, String subject, Limit limit, CallSample sample) {
    if (limit.isErrors()) {
      return sample.share() * 100;
    }
    return (double) stats(hold, subject).percentile(percentile(limit));
  }

  private static Percentile percentile(Limit limit) {
    return new Percentile(100 - limit.share() * 100);
  }

  /** Returns the steady calls of a hold, or all calls if the whole run is judged. */
  private Stats stats(Hold hold, String subject) {
    boolean all = subject.equals(ALL);
    if (hold.steadyFrom() == 0) {
      Map<String, Stats> by = Subject.isOperation(subject) ? run.requests() : run.services();
      return all ? run.whole() : by.getOrDefault(subject, new Stats());
    }
    int phase = phaseOf(hold);
    if (!all) {
      return run.holds().get(phase).getOrDefault(subject, new Stats());
    }
    Stats sum = new Stats();
    facts.operations().keySet().stream()
        .map(service -> run.holds().get(phase).get(service))
        .filter(stats -> stats != null)
        .forEach(sum::add);
    return sum;
  }

  private int phaseOf(Hold hold) {
    int phase = 0;
    while (facts.phases().get(phase).startSecond() != hold.from()) {
      phase++;
    }
    return phase;
  }

  private String sentence(
      Hold hold, ServiceLevel level, Outcome outcome, Double actual, String whyNotProved) {
    Limit limit = level.limit();
    CallSample sample = level.sample();
    String subject = level.subject();
    if (actual == null) {
      return text(
          "%s: %s cannot be judged on %,d samples; it takes %,d%s",
          subject, limit.required(), sample.calls(), options.minSamples(), hold.name());
    }
    String measured =
        limit.isErrors()
            ? text(
                "%s must have %s: %s (%,d of %,d%s%s)",
                subject,
                limit.share() == 0
                    ? "no errors"
                    : "fewer errors than " + Limit.percent(limit.share()),
                Limit.percent(sample.share()),
                sample.beyond(),
                sample.calls(),
                closed(hold, subject),
                episodes(sample))
            : text(
                "%s %s must be < %,d ms: %,.0f ms (n = %,d%s)",
                subject,
                limit.name(),
                limit.millis(),
                actual,
                sample.calls(),
                sample.beyond() == 0 || episodes(sample).isEmpty()
                    ? ""
                    : text("; %,d slow%s", sample.beyond(), episodes(sample)));
    String proof =
        switch (outcome) {
          case PASS, FAIL -> "";
          case NOT_PROVED -> "; not proved: " + whyNotProved;
          case UNDECIDED -> "; neither proved nor refuted: " + level.decidedInWords();
          case NO_DATA -> "";
        };
    return measured + hold.name() + level.boundInWords() + proof;
  }

  /** Names the number of episodes if clustering at least halves the worth of the calls. */
  private static String episodes(CallSample sample) {
    int episodes = sample.clustering().episodes();
    return sample.clustering().designEffect() < 2 || !sample.clustering().isSparse()
        ? ""
        : text(", in %,d %s", episodes, episodes == 1 ? "episode" : "episodes");
  }

  private String closed(Hold hold, String subject) {
    long closed =
        subject.equals(ALL)
            ? facts.end().closedConnections().total(hold.from(), hold.to())
            : facts.end().closedConnections().total(subject, hold.from(), hold.to());
    return closed == 0 ? "" : text(", %,d closed connections among them", closed);
  }

  void wrongContent() {
    long wrong =
        run.errors().entrySet().stream()
            .filter(entry -> ErrorKind.of(entry.getKey()) == ErrorKind.WRONG_CONTENT)
            .mapToLong(Map.Entry::getValue)
            .sum();
    long samples = run.whole().requests();
    String required = "no wrong content";
    String message =
        samples == 0
            ? text("%s: %s cannot be judged on 0 samples", ALL, required)
            : text("no answer may have the wrong content: %,d had (n = %,d)", wrong, samples);
    Outcome outcome = samples == 0 ? Outcome.NO_DATA : wrong == 0 ? Outcome.PASS : Outcome.FAIL;
    Double actual = samples == 0 ? null : Double.valueOf(wrong);
    write.add(new Gate("all.content", ALL, required, actual, "answers", samples, outcome, message));
  }

  /** Requires one correct response. An operation that only failed was not exercised. */
  void answered(String operation) {
    Stats stats = run.requests().getOrDefault(operation, new Stats());
    long right = stats.requests() - stats.failed();
    String message =
        text(
            "%s needs at least one correct response: %,d of %,d",
            operation, right, stats.requests());
    write.add(
        operation + ".answered",
        operation,
        "answered correctly",
        (double) right,
        "calls",
        stats.requests(),
        right > 0,
        message);
  }

  /** Fails a run that was stopped early: the rest of its plan was not measured. */
  void stopped(Stopped stopped) {
    String message = text("the load was stopped after %,d s: %s", stopped.second(), stopped.why());
    write.add(
        "run.complete", "run", "runs to its end", null, "s", stopped.second(), false, message);
  }
}
