package com.soundcore.kcp.report;

import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
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
 * What somebody wants to know who has half a minute.
 *
 * @param worst who did worst, and at what
 * @param since from when on
 * @param next what to do
 */
record InShort(String worst, String since, String next) {
  private static final String FROM_START = "the whole run";
  // A single bad second is noise; three in a row are a beginning.
  private static final int IN_A_ROW = 3;
  private static final double MUCH_LESS = 0.9;

  static InShort of(JudgedRun run) {
    if (!run.verdict().generator().messages().isEmpty()) {
      return new InShort(
          "the generator, not the system under test",
          ofTheGenerator(run),
          "Run it again on a larger machine, or with several injectors (kcp.injectors).");
    }
    Status status = run.verdict().status();
    List<Finding> findings = worstFirst(run);
    if (status == Status.INVALID && findings.isEmpty()) {
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
            .filter(gate -> gate.status() == Gate.Outcome.FAIL)
            .findFirst();
    return failed.map(gate -> missed(run, gate)).orElseGet(() -> closest(run));
  }

  /** What several services share comes first; then whose finding concerns the most calls. */
  static List<Finding> worstFirst(JudgedRun run) {
    return run.findings().findings().stream()
        .sorted(
            Comparator.comparingLong((Finding finding) -> affected(run, finding.service()))
                .reversed())
        .toList();
  }

  /** Calls that failed, and those that took too long. */
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
    return new InShort(
        gate.subject() + ": " + gate.required() + " was not kept",
        firstBad(run, subject).map(second -> "from " + clock(second)).orElse(FROM_START),
        "Look at its charts below, and at its own log of that time.");
  }

  /** Where nothing is wrong: who has the least room left. */
  private static InShort closest(JudgedRun run) {
    String worst = "none: every target was kept";
    double most = 0;
    for (var service : run.model().services().entrySet()) {
      JudgedRun.Promise promise = run.promises().get(service.getKey());
      Stats stats = service.getValue();
      if (promise != null && stats.requests() > 0) {
        double p95 = stats.percentile(Percentile.P95);
        double share = p95 / promise.p95Ms();
        if (share > most) {
          most = share;
          worst =
              String.format(
                  Locale.ROOT,
                  "none; %s has the least room: its p95 was %,.0f ms of the %,d ms that it may take",
                  service.getKey(),
                  p95,
                  promise.p95Ms());
        }
      }
    }
    String next = "Keep its folder, and compare later runs with it (-Dkcp.baseline).";
    return new InShort(worst, "–", next);
  }

  /** When it fell behind, or else when it stood still for longest. */
  private static String ofTheGenerator(JudgedRun run) {
    Optional<Integer> behind = firstBad(run, LatencyLimits.ALL);
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

  /** When it first missed its target, or was not called as planned, for several seconds. */
  private static Optional<Integer> firstBad(JudgedRun run, String subject) {
    boolean all = subject.equals(LatencyLimits.ALL);
    Timeline timeline = all ? run.model().timeline() : run.model().timelines().get(subject);
    if (timeline == null) {
      return Optional.empty();
    }
    LoadProfile load = run.facts().load();
    JudgedRun.Promise promise = run.promises().get(subject);
    int row = 0;
    for (Timeline.Second second : timeline.seconds()) {
      double middle = second.second() + 0.5;
      double planned = all ? load.rps(middle) : load.rps(subject, middle);
      boolean slow = promise != null && second.p95Ms() >= promise.p95Ms();
      boolean failing = promise != null && second.failed() > promise.errorRate() * second.started();
      row = slow || failing || second.started() < MUCH_LESS * planned ? row + 1 : 0;
      if (row == IN_A_ROW) {
        return Optional.of(second.second() - IN_A_ROW + 1);
      }
    }
    return Optional.empty();
  }

  private static String span(int from, int to, RunModel model) {
    boolean untilTheEnd = to >= model.timeline().length() - 2;
    return "from " + clock(from) + (untilTheEnd ? " to the end" : " to " + clock(to + 1));
  }

  private static String clock(int second) {
    return String.format(Locale.ROOT, "%d:%02d", second / 60, second % 60);
  }
}
