package com.soundcore.kcp.verdict.level;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.verdict.CallSample;
import com.soundcore.kcp.verdict.Limit;
import com.soundcore.kcp.verdict.ServiceLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a level of load held: every service got the load, answered it inside its targets, and did
 * not fall behind. The one rule for the search that steers and for the report that judges.
 *
 * @param targets by service
 * @param operations by service: each is judged as its service is, or by limits of its own
 * @param settleSeconds at the beginning of a hold in which latency does not count
 * @param rateTolerance the fraction by which a service may miss its planned rate
 * @param backlog the fraction of a level's calls that may be left unanswered when it ends
 * @param fewest on fewer calls of a service its share of slow or failed ones is not judged
 */
public record LevelRule(
    Map<String, Target> targets,
    Map<String, List<String>> operations,
    int settleSeconds,
    double rateTolerance,
    double backlog,
    long fewest) {

  /** The same on however few calls: at a low load a few that are all slow say enough. */
  public LevelRule onAnyCalls() {
    return new LevelRule(targets, operations, settleSeconds, rateTolerance, backlog, 1);
  }

  // Journeys are not cut: this many calls may fall into the next level.
  private static final long FEW = 10;
  // A queue persists: a pause in the last second is not a queue.
  private static final int AT_LEAST_SECONDS = 3;

  /** Why a level did not hold. */
  public enum Cause {
    /** The load was not there: the level says nothing of the system. */
    NOT_SENT,
    SHED,
    SLOW,
    ERRORS,
    QUEUE
  }

  /**
   * A service that broke, and how badly.
   *
   * @param badness 1 is just at its limit
   */
  public record Breach(String service, Cause cause, double badness, String why) {}

  /** How sure it must be. */
  public enum Doubt {
    /** As a level is judged. */
    NORMAL(0.95, 1),
    /** As the answer of a search is judged: the benefit of the doubt is not the system's. */
    CONFIRMING(0.5, 1),
    /** Only what is broken beyond doubt. */
    FOR_THE_SYSTEM(0.9999, 2),
    /** Whatever may be broken. */
    AGAINST_THE_SYSTEM(0.5, 0.5);

    private final double confidence;
    private final double factor;

    Doubt(double confidence, double factor) {
      this.confidence = confidence;
      this.factor = factor;
    }
  }

  /**
   * Judges a hold.
   *
   * @param load the planned rates
   * @param open whether the planned rates must have been sent; in the closed model they follow from
   *     the answers
   * @return the worst breach; nothing where the level held
   */
  public Optional<Breach> breach(
      CallCounts counts, LoadProfile load, Phase hold, boolean open, Doubt doubt) {
    List<Breach> all = new ArrayList<>();
    for (String service : targets.keySet()) {
      shed(counts, hold, service).ifPresent(all::add);
      List<Breach> ofCalls = calls(counts, hold, service, targets.get(service), doubt, 1);
      all.addAll(ofCalls.isEmpty() ? ofOperations(counts, hold, service, doubt) : ofCalls);
      queue(counts, hold, service, doubt).ifPresent(all::add);
    }
    // A journey that waits for an answer sends its next call late: that is the system's doing.
    if (all.isEmpty() && open) {
      targets.keySet().stream()
          .map(service -> notSent(counts, load, hold, service, doubt))
          .forEach(breach -> breach.ifPresent(all::add));
    }
    return all.stream().max(Comparator.comparingDouble(Breach::badness));
  }

  private List<Breach> ofOperations(CallCounts counts, Phase hold, String service, Doubt doubt) {
    List<String> names = operations.getOrDefault(service, List.of());
    // Slow calls and errors of each: what chance does to one of so many must not break a level.
    int among = 2 * operations.values().stream().mapToInt(List::size).sum();
    return names.stream()
        .flatMap(
            name ->
                calls(
                    counts,
                    hold,
                    Subject.operation(service, name),
                    targets.get(service).of(name),
                    doubt,
                    among)
                    .stream())
        .toList();
  }

  private List<Breach> calls(
      CallCounts counts, Phase hold, String subject, Target target, Doubt doubt, int among) {
    return Stream.of(
            slow(counts, hold, subject, target, doubt, among),
            errors(counts, hold, subject, target, doubt, among))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Breach> shed(CallCounts counts, Phase hold, String service) {
    long shed = counts.shed(service, hold.startSecond(), hold.endSecond());
    if (shed == 0) {
      return Optional.empty();
    }
    long started = sum(hold.startSecond(), hold.endSecond(), s -> counts.started(service, s));
    String why =
        text("%,d of %,d calls of %s were dropped at the cap", shed, shed + started, service);
    double badness = 1 + 100.0 * shed / (shed + started);
    return Optional.of(new Breach(service, Cause.SHED, badness, why));
  }

  private Optional<Breach> notSent(
      CallCounts counts, LoadProfile load, Phase hold, String service, Doubt doubt) {
    int from = SteadyState.from(hold, settleSeconds);
    double planned = load.calls(service, from, hold.endSecond());
    long started = sum(from, hold.endSecond(), second -> counts.started(service, second));
    // Dropped arrivals are a breach themselves: here none was dropped.
    double missing = planned - started;
    if (missing <= (rateTolerance * planned + FEW) * doubt.factor) {
      return Optional.empty();
    }
    String why = text("%s was sent %,d of %,.0f planned calls", service, started, planned);
    return Optional.of(new Breach(service, Cause.NOT_SENT, missing / planned, why));
  }

  private Optional<Breach> slow(
      CallCounts counts, Phase hold, String subject, Target target, Doubt doubt, int among) {
    Limit limit = Limit.p95(target.p95());
    // A call of the last moment has not had the time to be slow.
    int tail = (int) Math.ceil(limit.millis() / 1000.0);
    int from = SteadyState.from(hold, settleSeconds);
    int to = hold.endSecond() - tail;
    CallSample sample = sample(from, to, s -> counts.slow(subject, s), counts, subject);
    ServiceLevel level = new ServiceLevel(subject, limit, sample, doubt.confidence, among);
    if (sample.calls() < fewest || !level.isRefuted()) {
      return Optional.empty();
    }
    String why =
        text(
            "%s p95 is %,d ms or longer (%.1f %% of %,d calls)",
            subject, limit.millis(), sample.share() * 100, sample.calls());
    return Optional.of(
        new Breach(Subject.serviceOf(subject), Cause.SLOW, sample.share() / limit.share(), why));
  }

  private Optional<Breach> errors(
      CallCounts counts, Phase hold, String subject, Target target, Doubt doubt, int among) {
    Limit limit = Limit.errors(target.errorRate());
    int from = hold.startSecond();
    int to = hold.endSecond();
    // Of which operation a closed connection was is not known.
    long closed =
        Subject.isOperation(subject)
            ? 0
            : counts.closed(subject, from, to) + closedAtSharedAddresses(counts, subject, from, to);
    CallSample answered = sample(from, to, s -> counts.failed(subject, s), counts, subject);
    CallSample sample = new CallSample(answered.beyond() + closed, answered.calls() + closed);
    ServiceLevel level = new ServiceLevel(subject, limit, sample, doubt.confidence, among);
    if (sample.calls() < fewest || !level.isRefuted()) {
      return Optional.empty();
    }
    String why =
        text(
            "%s errors %s (target %s)",
            subject, Limit.percent(sample.share()), Limit.percent(limit.share()));
    return Optional.of(
        new Breach(Subject.serviceOf(subject), Cause.ERRORS, 1 + sample.share() * 100, why));
  }

  /** Of an address that several services share each gets its part, by its part of the calls. */
  private long closedAtSharedAddresses(CallCounts counts, String service, int from, int to) {
    long shared = counts.perhapsDropped(service, from, to);
    long own = sum(from, to, second -> counts.started(service, second));
    long all =
        targets.keySet().stream()
            .filter(other -> counts.perhapsDropped(other, from, to) > 0)
            .mapToLong(other -> sum(from, to, second -> counts.started(other, second)))
            .sum();
    return all == 0 ? 0 : Math.round((double) shared * own / all);
  }

  private Optional<Breach> queue(CallCounts counts, Phase hold, String service, Doubt doubt) {
    long started = sum(hold.startSecond(), hold.endSecond(), s -> counts.started(service, s));
    long[] waiting = new long[hold.endSecond() - hold.startSecond() + 1];
    for (int i = 1; i < waiting.length; i++) {
      int second = hold.startSecond() + i - 1;
      waiting[i] = waiting[i - 1] + counts.started(service, second) - counts.ended(service, second);
    }
    long growth = lowest(waiting, waiting.length - AT_LEAST_SECONDS);
    double allowed = Math.max(FEW, backlog * started) * doubt.factor;
    if (growth <= allowed) {
      return Optional.empty();
    }
    String why = text("%s falls behind: %,d of %,d calls wait", service, growth, started);
    return Optional.of(new Breach(service, Cause.QUEUE, growth / allowed, why));
  }

  private static long lowest(long[] values, int from) {
    long lowest = Long.MAX_VALUE;
    for (int i = Math.max(1, from); i < values.length; i++) {
      lowest = Math.min(lowest, values[i]);
    }
    return lowest == Long.MAX_VALUE ? 0 : lowest;
  }

  private static CallSample sample(
      int from, int to, SecondCount beyond, CallCounts counts, String service) {
    long calls = sum(from, to, second -> counts.started(service, second));
    // While a run goes on a call may be of one second when it is sent and of the next when it is
    // answered: more than all would be beyond the limit.
    return new CallSample(Math.min(calls, sum(from, to, beyond)), calls);
  }

  private interface SecondCount {
    long of(int second);
  }

  private static long sum(int from, int to, SecondCount count) {
    long sum = 0;
    for (int second = from; second < to; second++) {
      sum += count.of(second);
    }
    return sum;
  }
}
