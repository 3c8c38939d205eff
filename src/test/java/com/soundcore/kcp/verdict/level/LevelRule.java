package com.soundcore.kcp.verdict.level;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.verdict.CallSample;
import com.soundcore.kcp.verdict.Limit;
import com.soundcore.kcp.verdict.Provability;
import com.soundcore.kcp.verdict.ServiceLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rule that decides whether a level of load held: every service got the load, provably answered
 * it within its targets, and did not fall behind. The search that steers and the report that judges
 * share this rule.
 *
 * @param targets by service
 * @param operations by service; each is judged like its service, or by its own limits
 * @param settleSeconds seconds at the start of a hold in which latency does not count
 * @param rateTolerance the fraction by which a service may miss its planned rate
 * @param backlog the fraction of a level's calls that may be unanswered when it ends
 * @param fewest smallest number of a service's calls on which slow and failed ones are judged
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

  /**
   * Returns a copy that judges any number of calls. At a low load a few calls that are all slow are
   * enough.
   */
  public LevelRule onAnyCalls() {
    return new LevelRule(targets, operations, settleSeconds, rateTolerance, backlog, 1, confidence);
  }

  /** Returns a copy for one end of an interval. Each end gets half of the error probability. */
  public LevelRule forAnEnd() {
    double strict = (1 + confidence) / 2;
    return new LevelRule(
        targets, operations, settleSeconds, rateTolerance, backlog, fewest, strict);
  }

  // Journeys are not cut: this many calls may fall into the next level.
  private static final long FEW = 10;
  // A queue persists; a pause in the last second is not a queue.
  private static final int AT_LEAST_SECONDS = 3;

  /** Why a level did not hold. */
  public enum Cause {
    /** The load was not sent: the level does not describe the system. */
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

  /** The confidence that a breach needs. */
  public enum Doubt {
    /** For steering a search: decides early, and counts each call by itself. */
    NORMAL(0.95, 1, false),
    /**
     * For judging a level: uses the rule's own confidence and counts slow calls by their clusters.
     */
    CLUSTERED(Double.NaN, 1, true),
    /** Only breaches beyond doubt. */
    FOR_THE_SYSTEM(0.9999, 2, false),
    /** Every possible breach. */
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
   * The result of the holds of one level.
   *
   * @param breach the worst limit that was refuted
   * @param open the first limit that the calls could prove and did not, in words; empty if there is
   *     no such limit
   * @param decidedAfter by which factor the number of calls must grow to decide it at the same
   *     shares; infinite if no number does
   */
  public record Judged(Optional<Breach> breach, String open, double decidedAfter) {
    /** Returns whether every provable limit was proved, and none refuted. */
    public boolean held() {
      return breach.isEmpty() && open.isEmpty();
    }

    /** Returns whether the level neither held nor broke. */
    public boolean isUndecided() {
      return breach.isEmpty() && !open.isEmpty();
    }

    /** Returns why the level did not hold, in words; empty if it held. */
    public String why() {
      return breach.map(Breach::why).orElse(open);
    }
  }

  /**
   * Judges a level by all of its holds together.
   *
   * @param load the planned rates
   * @param holds of the level
   * @param all holds of all levels so far: a service that collapses repeatedly at one level may do
   *     so at another, although the holds of that level were calm
   * @param open whether the planned rates must have been sent
   */
  public Judged judge(
      CallCounts counts, LoadProfile load, List<Phase> holds, List<Phase> all, boolean open) {
    LevelSamples measured = samples(counts, holds, all);
    Optional<Breach> breach = breach(measured, load, open, Doubt.CLUSTERED);
    Optional<ServiceLevel> unproved = breach.isPresent() ? Optional.empty() : unproved(measured);
    return new Judged(
        breach,
        unproved
            .map(of -> of.subject() + " " + of.limit().required() + ": neither proved nor refuted")
            .orElse(""),
        unproved.map(of -> of.decidedAfter().orElse(Double.POSITIVE_INFINITY)).orElse(1.0));
  }

  /** Finds the episodes in which a service collapsed and recovered within a hold. */
  public Episodes episodes(CallCounts counts, Phase hold, String service) {
    return samples(counts, List.of(hold), List.of()).episodes(hold, service);
  }

  /** Returns whether a service collapsed repeatedly and met its p95 target in between. */
  public boolean recur(Episodes episodes, String service) {
    return LevelSamples.recur(episodes, targets.get(service));
  }

  private LevelSamples samples(CallCounts counts, List<Phase> holds, List<Phase> all) {
    return new LevelSamples(targets, settleSeconds, confidence, counts, holds, all);
  }

  /** Returns the first limit that this number of calls could prove but does not. */
  private Optional<ServiceLevel> unproved(LevelSamples measured) {
    return targets.keySet().stream()
        .flatMap(
            service ->
                Stream.concat(
                    Stream.of(service),
                    operations.getOrDefault(service, List.of()).stream()
                        .map(name -> Subject.operation(service, name))))
        .flatMap(subject -> Stream.of(measured.latency(subject), measured.errors(subject)))
        .filter(LevelRule::isOpen)
        .findFirst();
  }

  private static boolean isOpen(ServiceLevel level) {
    CallSample sample = level.sample();
    if (sample.calls() == 0 || level.isProved()) {
      return false;
    }
    Provability provability = new Provability(level.limit(), sample.calls(), level.confidence());
    // The latency of a service decides whether a level holds. Its limit stays open wherever its
    // calls could prove it. Error limits, and limits of operations, stay open only if this number
    // of calls would almost certainly prove them.
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
   * @return the worst breach; empty if the level held
   */
  public Optional<Breach> breach(
      CallCounts counts, LoadProfile load, Phase hold, boolean open, Doubt doubt) {
    return breach(samples(counts, List.of(hold), List.of()), load, open, doubt);
  }

  private Optional<Breach> breach(
      LevelSamples measured, LoadProfile load, boolean open, Doubt doubt) {
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
    // A journey that waits for an answer sends its next call late. Such a delay is the system's
    // fault.
    if (all.isEmpty() && open) {
      for (Phase hold : holds) {
        targets.keySet().stream()
            .map(service -> notSent(counts, load, hold, service, doubt))
            .forEach(breach -> breach.ifPresent(all::add));
      }
    }
    return all.stream().max(Comparator.comparingDouble(Breach::badness));
  }

  private List<Breach> ofOperations(LevelSamples measured, String service, Doubt doubt) {
    List<String> names = operations.getOrDefault(service, List.of());
    // Each operation has a latency and an error limit. Chance in one of many must not break a
    // level.
    int among = 2 * operations.values().stream().mapToInt(List::size).sum();
    return names.stream()
        .flatMap(name -> calls(measured, Subject.operation(service, name), doubt, among).stream())
        .toList();
  }

  private List<Breach> calls(LevelSamples measured, String subject, Doubt doubt, int among) {
    return Stream.of(measured.latency(subject), measured.errors(subject))
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
    long started =
        LevelSamples.sum(hold.startSecond(), hold.endSecond(), s -> counts.started(service, s));
    String why =
        text("%,d of %,d calls of %s were dropped at the cap", shed, shed + started, service);
    double badness = 1 + 100.0 * shed / (shed + started);
    return Optional.of(new Breach(service, Cause.SHED, badness, why));
  }

  private Optional<Breach> notSent(
      CallCounts counts, LoadProfile load, Phase hold, String service, Doubt doubt) {
    int from = SteadyState.from(hold, settleSeconds);
    double planned = load.calls(service, from, hold.endSecond());
    long started =
        LevelSamples.sum(from, hold.endSecond(), second -> counts.started(service, second));
    // Dropped arrivals are a breach themselves; here none was dropped.
    double missing = planned - started;
    if (missing <= (rateTolerance * planned + FEW) * doubt.factor) {
      return Optional.empty();
    }
    String why = text("%s was sent %,d of %,.0f planned calls", service, started, planned);
    return Optional.of(new Breach(service, Cause.NOT_SENT, missing / planned, why));
  }

  private Optional<Breach> queue(CallCounts counts, Phase hold, String service, Doubt doubt) {
    long started =
        LevelSamples.sum(hold.startSecond(), hold.endSecond(), s -> counts.started(service, s));
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
}
