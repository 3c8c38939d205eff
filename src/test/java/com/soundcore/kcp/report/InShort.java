package com.soundcore.kcp.report;

import static com.soundcore.kcp.config.Units.clock;

import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.Gate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The top of a report: its essence in three lines.
 *
 * @param worst the worst service and its problem
 * @param since when the problem began
 * @param next what to do next
 */
record InShort(String worst, String since, String next) {
  private static final String FROM_START = "the whole run";
  // A single bad second is noise; three in a row are the start of a problem.
  private static final int IN_A_ROW = 3;
  private static final int WINDOW = 10;
  private static final double MUCH_LESS = 0.9;
  // In standard deviations of a number of random arrivals.
  private static final double CHANCE = 3;

  static InShort of(JudgedRun run) {
    if (!run.verdict().generator().messages().isEmpty()) {
      return new InShort(
          "the generator, not the system under test",
          ofTheGenerator(run),
          "Run it again on a larger machine, or with several injectors (kcp.injectors).");
    }
    Status status = run.verdict().status();
    List<Finding> findings = worstFirst(run);
    boolean broken = !run.verdict().interruptions().isEmpty();
    if (status == Status.INVALID && (broken || findings.isEmpty())) {
      return new InShort(
          "the run itself: it proves nothing of the system",
          FROM_START,
          "Mend what the first reason names, then run it again.");
    }
    if (!findings.isEmpty()) {
      return found(run, findings.get(0));
    }
    Optional<Gate> failed =
        run.verdict().gates().stream()
            .filter(
                gate ->
                    gate.status() == Gate.Outcome.FAIL || gate.status() == Gate.Outcome.UNDECIDED)
            .min(
                Comparator.comparing(
                    Gate::status, Comparator.comparing(of -> of != Gate.Outcome.FAIL)));
    return failed.map(gate -> missed(run, gate)).orElseGet(() -> closest(run));
  }

  /** Returns findings about shared resources first, then those that affect the most calls. */
  static List<Finding> worstFirst(JudgedRun run) {
    return run.findings().findings().stream()
        .sorted(
            Comparator.comparingLong((Finding finding) -> affected(run, finding.service()))
                .reversed())
        .toList();
  }

  /** Counts calls that failed or took too long. */
  private static long affected(JudgedRun run, String service) {
    Timeline timeline = run.model().timelines().get(service);
    JudgedRun.Promise promise = run.promises().get(service);
    if (timeline == null || promise == null) {
      return Long.MAX_VALUE;
    }
    int limit = (int) promise.p95Ms();
    return IntStream.range(0, timeline.length())
        .mapToLong(second -> timeline.failed(second) + timeline.beyond(second, limit))
        .sum();
  }

  private static InShort found(JudgedRun run, Finding finding) {
    String since =
        finding.fromSecond() == null
            ? FROM_START
            : span(finding.fromSecond(), finding.toSecond(), run.model());
    String next = finding.remedies().isEmpty() ? "See below." : finding.remedies().get(0);
    return new InShort(finding.sentence(), since, next);
  }

  private static InShort missed(JudgedRun run, Gate gate) {
    String subject = gate.subject().replaceAll(" / .*", "");
    if (gate.status() == Gate.Outcome.UNDECIDED) {
      return new InShort(
          gate.subject() + ": " + gate.required() + " is not decided",
          FROM_START,
          "Run it again for as long as the reason says.");
    }
    return new InShort(
        gate.subject() + ": " + gate.required() + " was not kept",
        since(run, gate, subject).orElse(FROM_START),
        "Look at its charts below, and at its own log of that time.");
  }

  private static Optional<String> since(JudgedRun run, Gate gate, String subject) {
    return switch (gate.unit()) {
      case "ms" -> firstSlow(run, subject).map(second -> "from " + clock(second));
      case "req/s", "users" -> firstBehind(run, subject).map(second -> "from " + clock(second));
      default -> firstFailed(run, subject).map(second -> "the first error at " + clock(second));
    };
  }

  /** If nothing is wrong, names the judged service whose p95 is closest to its limit. */
  private static InShort closest(JudgedRun run) {
    return new InShort(
        run.verdict().gates().stream()
            .filter(gate -> gate.unit().equals("ms") && gate.actual() != null)
            .filter(gate -> gate.required().startsWith(Percentile.P95.name() + " "))
            .filter(gate -> run.promises().containsKey(gate.subject()))
            .max(Comparator.comparingDouble(gate -> gate.actual() / limit(run, gate)))
            .map(
                gate ->
                    String.format(
                        Locale.ROOT,
                        "none; %s has the least room: its p95 was %,.0f ms of the %,d ms that it"
                            + " may take",
                        gate.subject(),
                        gate.actual(),
                        limit(run, gate)))
            .orElse("none: every gate held"),
        "–",
        "Keep its folder, and compare later runs with it (-Dkcp.baseline).");
  }

  private static long limit(JudgedRun run, Gate gate) {
    return run.promises().get(gate.subject()).p95Ms();
  }

  /** Returns when the generator fell behind its plan; otherwise the time of its longest pause. */
  private static String ofTheGenerator(JudgedRun run) {
    Optional<Integer> behind = firstBehind(run, LatencyLimits.ALL);
    if (behind.isPresent()) {
      return "from " + clock(behind.get()) + ": it started fewer calls than planned";
    }
    return run.facts().end().generator().stream()
        .filter(sample -> sample.maxPauseMs() > 0)
        .max(Comparator.comparingDouble(GeneratorSample::maxPauseMs))
        .map(
            sample ->
                String.format(
                    Locale.ROOT,
                    "its longest pause was %,.0f ms, at %s",
                    sample.maxPauseMs(),
                    clock(sample.second())))
        .orElse(FROM_START);
  }

  /** Returns the first of several slow steady seconds in a row. */
  private static Optional<Integer> firstSlow(JudgedRun run, String subject) {
    JudgedRun.Promise promise = run.promises().get(subject);
    if (promise == null) {
      return Optional.empty();
    }
    List<Timeline.Second> seconds = timeline(run, subject).seconds();
    int row = 0;
    for (int steady : run.model().steadySeconds()) {
      boolean slow = steady < seconds.size() && seconds.get(steady).p95Ms() >= promise.p95Ms();
      row = slow ? row + 1 : 0;
      if (row == IN_A_ROW) {
        return Optional.of(steady - IN_A_ROW + 1);
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> firstFailed(JudgedRun run, String subject) {
    return timeline(run, subject).seconds().stream()
        .filter(second -> second.failed() > 0)
        .map(Timeline.Second::second)
        .findFirst();
  }

  /**
   * Returns the first window with fewer calls than planned, beyond the variation of random
   * arrivals.
   */
  private static Optional<Integer> firstBehind(JudgedRun run, String subject) {
    LoadProfile load = run.facts().load();
    Timeline timeline = timeline(run, subject);
    for (int steady : run.model().steadySeconds()) {
      double planned = 0;
      long started = 0;
      for (int second = steady; second < Math.min(steady + WINDOW, load.seconds()); second++) {
        double middle = second + 0.5;
        planned += subject.equals(LatencyLimits.ALL) ? load.rps(middle) : load.rps(subject, middle);
        started += timeline.started(second);
      }
      if (started < MUCH_LESS * planned - CHANCE * Math.sqrt(planned)) {
        return Optional.of(steady);
      }
    }
    return Optional.empty();
  }

  private static Timeline timeline(JudgedRun run, String subject) {
    return subject.equals(LatencyLimits.ALL)
        ? run.model().timeline()
        : run.model().timelines().getOrDefault(subject, Timeline.empty());
  }

  private static String span(int from, int to, RunModel model) {
    boolean untilTheEnd = to >= model.timeline().length() - 2;
    return "from " + clock(from) + (untilTheEnd ? " to the end" : " to " + clock(to + 1));
  }
}
