package com.soundcore.kcp.verdict.level;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.statistics.Clustering;
import com.soundcore.kcp.verdict.CallSample;
import com.soundcore.kcp.verdict.Limit;
import com.soundcore.kcp.verdict.Provability;
import com.soundcore.kcp.verdict.ServiceLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Whether a level of load held: every service got the load, was proved to answer it inside its
 * targets, and did not fall behind. The one rule for the search that steers and for the report that
 * judges.
 *
 * @param targets by service
 * @param operations by service: each is judged as its service is, or by limits of its own
 * @param settleSeconds at the beginning of a hold in which latency does not count
 * @param rateTolerance the fraction by which a service may miss its planned rate
 * @param backlog the fraction of a level's calls that may be left unanswered when it ends
 * @param fewest on fewer calls of a service its share of slow or failed ones is not judged
 * @param confidence of a proof, such as 0.95
 */
public record LevelRule(
    Map<String, Target> targets,
    Map<String, List<String>> operations,
    int settleSeconds,
    double rateTolerance,
    double backlog,
    long fewest,
    double confidence) {

  /** The same on however few calls: at a low load a few that are all slow say enough. */
  public LevelRule onAnyCalls() {
    return new LevelRule(targets, operations, settleSeconds, rateTolerance, backlog, 1, confidence);
  }

  /** One for an end of an interval: each of the two has half of what may be wrong. */
  public LevelRule forAnEnd() {
    double strict = (1 + confidence) / 2;
    return new LevelRule(
        targets, operations, settleSeconds, rateTolerance, backlog, fewest, strict);
  }

  // Journeys are not cut: this many calls may fall into the next level.
  private static final long FEW = 10;
  // A calm level must be provable within minutes: longer ones count as if they were as short.
  private static final double LONGEST_EPISODE = 4;
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
    /** As a search finds its way: soon, and each call counts. */
    NORMAL(0.95, 1, false),
    /** As a level is judged, by the rule's own confidence: slow calls count by their clusters. */
    CLUSTERED(Double.NaN, 1, true),
    /** Only what is broken beyond doubt. */
    FOR_THE_SYSTEM(0.9999, 2, false),
    /** Whatever may be broken. */
    AGAINST_THE_SYSTEM(0.5, 0.5, false);

    private final double confidence;
    private final double factor;
    private final boolean clustered;

    Doubt(double confidence, double factor, boolean clustered) {
      this.confidence = confidence;
      this.factor = factor;
      this.clustered = clustered;
    }
  }

  /**
   * What the holds of one level say of it.
   *
   * @param breach the worst limit that was refuted
   * @param open the first limit that they could prove and did not, in words; empty where there is
   *     none
   * @param decidedAfter so many times as many calls would decide it, were it to go on as it is;
   *     infinite where they would not
   */
  public record Judged(Optional<Breach> breach, String open, double decidedAfter) {
    /** Whether every limit that could be proved was proved, and none refuted. */
    public boolean held() {
      return breach.isEmpty() && open.isEmpty();
    }

    /** Whether it neither held nor broke. */
    public boolean isUndecided() {
      return breach.isEmpty() && !open.isEmpty();
    }

    /** Why it did not hold, in words; empty where it held. */
    public String why() {
      return breach.map(Breach::why).orElse(open);
    }
  }

  /**
   * Judges a level by all of its holds together.
   *
   * @param load the planned rates
   * @param holds of the level
   * @param all levels so far: where a service collapses again and again at one of them, it may at
   *     another, though its own holds were calm
   * @param open whether the planned rates must have been sent
   */
  public Judged judge(
      CallCounts counts, LoadProfile load, List<Phase> holds, List<Phase> all, boolean open) {
    Measured measured = new Measured(counts, holds, all);
    Optional<Breach> breach = breach(measured, load, open, Doubt.CLUSTERED);
    Optional<ServiceLevel> unproved = breach.isPresent() ? Optional.empty() : unproved(measured);
    return new Judged(
        breach,
        unproved
            .map(of -> of.subject() + " " + of.limit().required() + ": neither proved nor refuted")
            .orElse(""),
        unproved.map(of -> of.decidedAfter().orElse(Double.POSITIVE_INFINITY)).orElse(1.0));
  }

  /** When a service collapsed and recovered within a hold. */
  public Episodes episodes(CallCounts counts, Phase hold, String service) {
    int[] seconds = IntStream.range(hold.startSecond(), hold.endSecond() - tail(service)).toArray();
    return Episodes.of(
        each(seconds, s -> Math.max(counts.slow(service, s), counts.failed(service, s))),
        each(seconds, second -> counts.started(service, second)));
  }

  /** Whether a service collapsed again and again, and was within its p95 in between. */
  public boolean recur(Episodes episodes, String service) {
    return episodes.recur(Limit.p95(target(service).p95()).share());
  }

  private int tail(String subject) {
    return (int) Math.ceil(target(subject).p95().toMillis() / 1000.0);
  }

  private static long[] each(int[] seconds, SecondCount count) {
    return IntStream.of(seconds).mapToLong(count::of).toArray();
  }

  /** The calls of some holds, among all that there were. */
  private record Measured(CallCounts counts, List<Phase> holds, List<Phase> all) {}

  /** The first limit that so many calls could prove, and that these do not. */
  private Optional<ServiceLevel> unproved(Measured measured) {
    return targets.keySet().stream()
        .flatMap(
            service ->
                Stream.concat(
                    Stream.of(service),
                    operations.getOrDefault(service, List.of()).stream()
                        .map(name -> Subject.operation(service, name))))
        .flatMap(subject -> Stream.of(latency(measured, subject), errors(measured, subject)))
        .filter(LevelRule::isOpen)
        .findFirst();
  }

  private static boolean isOpen(ServiceLevel level) {
    CallSample sample = level.sample();
    if (sample.calls() == 0 || level.isProved()) {
      return false;
    }
    Provability provability = new Provability(level.limit(), sample.calls(), level.confidence());
    // Latency decides where the limit lies: whatever it takes, it must be proved. Errors at an even
    // rate inside their limit, and rare operations, count where so many calls always prove them.
    boolean decides = !level.limit().isErrors() && !Subject.isOperation(level.subject());
    return decides
        ? provability.isPossible()
        : provability.clustered(sample.clustering().designEffect()).isCertain();
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
    return breach(new Measured(counts, List.of(hold), List.of()), load, open, doubt);
  }

  private Optional<Breach> breach(Measured measured, LoadProfile load, boolean open, Doubt doubt) {
    CallCounts counts = measured.counts();
    List<Phase> holds = measured.holds();
    List<Breach> all = new ArrayList<>();
    for (String service : targets.keySet()) {
      List<Breach> ofCalls = calls(measured, service, doubt, 1);
      all.addAll(ofCalls.isEmpty() ? ofOperations(measured, service, doubt) : ofCalls);
      for (Phase hold : holds) {
        shed(counts, hold, service).ifPresent(all::add);
        queue(counts, hold, service, doubt).ifPresent(all::add);
      }
    }
    // A journey that waits for an answer sends its next call late: that is the system's doing.
    if (all.isEmpty() && open) {
      for (Phase hold : holds) {
        targets.keySet().stream()
            .map(service -> notSent(counts, load, hold, service, doubt))
            .forEach(breach -> breach.ifPresent(all::add));
      }
    }
    return all.stream().max(Comparator.comparingDouble(Breach::badness));
  }

  private List<Breach> ofOperations(Measured measured, String service, Doubt doubt) {
    List<String> names = operations.getOrDefault(service, List.of());
    // Slow calls and errors of each: what chance does to one of so many must not break a level.
    int among = 2 * operations.values().stream().mapToInt(List::size).sum();
    return names.stream()
        .flatMap(name -> calls(measured, Subject.operation(service, name), doubt, among).stream())
        .toList();
  }

  private List<Breach> calls(Measured measured, String subject, Doubt doubt, int among) {
    return Stream.of(latency(measured, subject), errors(measured, subject))
        .map(level -> refuted(level, doubt, among))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Breach> refuted(ServiceLevel measured, Doubt doubt, int among) {
    CallSample sample = measured.sample();
    String subject = measured.subject();
    Limit limit = measured.limit();
    CallSample counted = doubt.clustered ? sample : new CallSample(sample.beyond(), sample.calls());
    double sure = doubt == Doubt.CLUSTERED ? confidence : doubt.confidence;
    ServiceLevel level = new ServiceLevel(subject, limit, counted, sure, among);
    if (sample.calls() < fewest || !level.isRefuted()) {
      return Optional.empty();
    }
    String service = Subject.serviceOf(subject);
    return Optional.of(
        limit.isErrors()
            ? new Breach(
                service,
                Cause.ERRORS,
                1 + sample.share() * 100,
                text(
                    "%s errors %s (target %s)",
                    subject, Limit.percent(sample.share()), Limit.percent(limit.share())))
            : new Breach(
                service,
                Cause.SLOW,
                sample.share() / limit.share(),
                text(
                    "%s p95 is %,d ms or longer (%.1f %% of %,d calls)",
                    subject, limit.millis(), sample.share() * 100, sample.calls())));
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

  private Target target(String subject) {
    Target target = targets.get(Subject.serviceOf(subject));
    return Subject.isOperation(subject) ? target.of(Subject.nameOf(subject)) : target;
  }

  private ServiceLevel latency(Measured measured, String subject) {
    Limit limit = Limit.p95(target(subject).p95());
    CallSample sample = slow(measured.counts(), measured.holds(), subject);
    double elsewhere = callsOfAnEpisode(measured, subject);
    Clustering clustering =
        elsewhere > sample.clustering().designEffect()
            ? Clustering.known(elsewhere)
            : sample.clustering();
    CallSample clustered = new CallSample(sample.beyond(), sample.calls(), clustering);
    return new ServiceLevel(subject, limit, clustered, confidence);
  }

  /** Where it collapses again and again, all calls of an episode say as much as one. */
  private double callsOfAnEpisode(Measured measured, String subject) {
    Episodes episodes =
        measured.all().stream()
            .map(hold -> episodes(measured.counts(), hold, subject))
            .filter(of -> recur(of, subject))
            .reduce(Episodes.NONE, Episodes::plus);
    double seconds =
        measured.holds().stream().mapToInt(hold -> hold.endSecond() - hold.startSecond()).sum();
    double calls = calls(measured, subject);
    return Math.min(LONGEST_EPISODE, episodes.seconds()) * calls / seconds;
  }

  private static double calls(Measured measured, String subject) {
    return measured.holds().stream()
        .mapToLong(
            hold ->
                sum(
                    hold.startSecond(),
                    hold.endSecond(),
                    second -> measured.counts().started(subject, second)))
        .sum();
  }

  private CallSample slow(CallCounts counts, List<Phase> holds, String subject) {
    // A call of the last moment has not had the time to be slow.
    int tail = tail(subject);
    int[] seconds =
        holds.stream()
            .flatMapToInt(
                hold ->
                    IntStream.range(SteadyState.from(hold, settleSeconds), hold.endSecond() - tail))
            .toArray();
    return sample(seconds, second -> counts.slow(subject, second), counts, subject);
  }

  private ServiceLevel errors(Measured measured, String subject) {
    CallCounts counts = measured.counts();
    List<Phase> holds = measured.holds();
    Limit limit = Limit.errors(target(subject).errorRate());
    int[] seconds =
        holds.stream()
            .flatMapToInt(hold -> IntStream.range(hold.startSecond(), hold.endSecond()))
            .toArray();
    // Of which operation a closed connection was is not known.
    long closed =
        Subject.isOperation(subject)
            ? 0
            : holds.stream().mapToLong(hold -> closed(counts, subject, hold)).sum();
    CallSample answered = sample(seconds, s -> counts.failed(subject, s), counts, subject);
    CallSample sample =
        new CallSample(
            answered.beyond() + closed, answered.calls() + closed, answered.clustering());
    return new ServiceLevel(subject, limit, sample, confidence);
  }

  private long closed(CallCounts counts, String service, Phase hold) {
    int from = hold.startSecond();
    int to = hold.endSecond();
    return counts.closed(service, from, to) + closedAtSharedAddresses(counts, service, from, to);
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
      int[] seconds, SecondCount beyond, CallCounts counts, String subject) {
    long[] calls = each(seconds, second -> counts.started(subject, second));
    long[] hits = each(seconds, beyond);
    long all = LongStream.of(calls).sum();
    // While a run goes on a call may be of one second when it is sent and of the next when it is
    // answered: more than all would be beyond the limit.
    return new CallSample(
        Math.min(all, LongStream.of(hits).sum()), all, Clustering.of(hits, calls));
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
