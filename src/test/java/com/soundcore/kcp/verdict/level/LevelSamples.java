package com.soundcore.kcp.verdict.level;

import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.statistics.Clustering;
import com.soundcore.kcp.verdict.CallSample;
import com.soundcore.kcp.verdict.Limit;
import com.soundcore.kcp.verdict.ServiceLevel;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The slow and failed calls of a level, with the clusters that they form in its holds.
 *
 * @param targets by service
 * @param settleSeconds seconds at the start of a hold in which latency does not count
 * @param confidence of a proof, such as 0.95
 * @param counts the calls by second
 * @param holds of the level
 * @param all holds of all levels so far
 */
record LevelSamples(
    Map<String, Target> targets,
    int settleSeconds,
    double confidence,
    CallCounts counts,
    List<Phase> holds,
    List<Phase> all) {
  // A calm level must be provable within minutes, so longer episodes count as if they were this
  // long.
  private static final double LONGEST_EPISODE = 4;

  /** Finds the episodes in which a service or operation collapsed and recovered within a hold. */
  Episodes episodes(Phase hold, String subject) {
    int[] seconds = IntStream.range(hold.startSecond(), hold.endSecond() - tail(subject)).toArray();
    return Episodes.of(
        each(seconds, s -> Math.max(counts.slow(subject, s), counts.failed(subject, s))),
        each(seconds, second -> counts.started(subject, second)));
  }

  /** Returns whether a service collapsed repeatedly and met its p95 target in between. */
  static boolean recur(Episodes episodes, Target target) {
    return episodes.recur(Limit.p95(target.p95()).share());
  }

  private int tail(String subject) {
    return (int) Math.ceil(target(subject).p95().toMillis() / 1000.0);
  }

  private Target target(String subject) {
    Target target = targets.get(Subject.serviceOf(subject));
    return Subject.isOperation(subject) ? target.of(Subject.nameOf(subject)) : target;
  }

  /** Returns the slow calls against the p95 target. */
  ServiceLevel latency(String subject) {
    Limit limit = Limit.p95(target(subject).p95());
    CallSample sample = slow(subject);
    double elsewhere = callsOfAnEpisode(subject);
    Clustering clustering =
        elsewhere > sample.clustering().designEffect()
            ? Clustering.known(elsewhere)
            : sample.clustering();
    CallSample clustered = new CallSample(sample.beyond(), sample.calls(), clustering);
    return new ServiceLevel(subject, limit, clustered, confidence);
  }

  /**
   * Returns the calls in a mean episode. If a service collapses repeatedly, all calls of an episode
   * count as one.
   */
  private double callsOfAnEpisode(String subject) {
    Episodes episodes =
        all.stream()
            .map(hold -> episodes(hold, subject))
            .filter(of -> recur(of, target(subject)))
            .reduce(Episodes.NONE, Episodes::plus);
    double seconds = holds.stream().mapToInt(hold -> hold.endSecond() - hold.startSecond()).sum();
    double calls = calls(subject);
    return Math.min(LONGEST_EPISODE, episodes.seconds()) * calls / seconds;
  }

  private double calls(String subject) {
    return holds.stream()
        .mapToLong(
            hold ->
                sum(
                    hold.startSecond(),
                    hold.endSecond(),
                    second -> counts.started(subject, second)))
        .sum();
  }

  private CallSample slow(String subject) {
    // Calls sent in the last moments of a hold have not had the time to be slow.
    int tail = tail(subject);
    int[] seconds =
        holds.stream()
            .flatMapToInt(
                hold ->
                    IntStream.range(SteadyState.from(hold, settleSeconds), hold.endSecond() - tail))
            .toArray();
    return sample(seconds, second -> counts.slow(subject, second), subject);
  }

  /** Returns the failed calls against the limit for errors. */
  ServiceLevel errors(String subject) {
    Limit limit = Limit.errors(target(subject).errorRate());
    int[] seconds =
        holds.stream()
            .flatMapToInt(hold -> IntStream.range(hold.startSecond(), hold.endSecond()))
            .toArray();
    // The operation of a closed connection is unknown.
    long closed =
        Subject.isOperation(subject)
            ? 0
            : holds.stream().mapToLong(hold -> closed(subject, hold)).sum();
    CallSample answered = sample(seconds, s -> counts.failed(subject, s), subject);
    CallSample sample =
        new CallSample(
            answered.beyond() + closed, answered.calls() + closed, answered.clustering());
    return new ServiceLevel(subject, limit, sample, confidence);
  }

  private long closed(String service, Phase hold) {
    int from = hold.startSecond();
    int to = hold.endSecond();
    return counts.closed(service, from, to) + closedAtSharedAddresses(service, from, to);
  }

  /**
   * Divides the closed connections of a shared address among its services, in proportion to their
   * calls.
   */
  private long closedAtSharedAddresses(String service, int from, int to) {
    long shared = counts.perhapsDropped(service, from, to);
    long own = sum(from, to, second -> counts.started(service, second));
    long together =
        targets.keySet().stream()
            .filter(other -> counts.perhapsDropped(other, from, to) > 0)
            .mapToLong(other -> sum(from, to, second -> counts.started(other, second)))
            .sum();
    return together == 0 ? 0 : Math.round((double) shared * own / together);
  }

  private CallSample sample(int[] seconds, SecondCount beyond, String subject) {
    long[] calls = each(seconds, second -> counts.started(subject, second));
    long[] hits = each(seconds, beyond);
    long started = LongStream.of(calls).sum();
    // During a run, a call may count in one second when sent and in the next when answered. Then
    // the violations could exceed the calls.
    return new CallSample(
        Math.min(started, LongStream.of(hits).sum()), started, Clustering.of(hits, calls));
  }

  private static long[] each(int[] seconds, SecondCount count) {
    return IntStream.of(seconds).mapToLong(count::of).toArray();
  }

  /** A count of each second. */
  interface SecondCount {
    long of(int second);
  }

  static long sum(int from, int to, SecondCount count) {
    long sum = 0;
    for (int second = from; second < to; second++) {
      sum += count.of(second);
    }
    return sum;
  }
}
