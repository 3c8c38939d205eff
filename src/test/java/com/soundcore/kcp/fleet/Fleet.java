package com.soundcore.kcp.fleet;

import com.soundcore.kcp.fleet.Beat.State;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The conductor's state of its injectors, and its decisions. It has no clock: each call passes the
 * time. Thread-safe.
 */
public final class Fleet {
  /** An injector or conductor that sends nothing for longer is lost. */
  public static final Duration SILENCE = Duration.ofSeconds(5);

  // Gives the slowest injector time to receive the start.
  private static final long START_AFTER_MS = 4000;

  /**
   * The terms that all injectors must meet.
   *
   * @param simulation the test's name
   * @param injectors the number of injectors
   * @param build the conductor's own build digest
   * @param files the conductor's configuration, as a digest by file name
   * @param joinWithin the time until all injectors must be ready
   * @param maxStartGap the longest delay between the first injector's start and any other's
   */
  public record Terms(
      String simulation,
      int injectors,
      String build,
      Map<String, String> files,
      Duration joinWithin,
      Duration maxStartGap) {}

  private static final class Injector {
    private final Joining joining;
    private Beat beat;
    private long heardNanos;

    Injector(Joining joining, long nowNanos) {
      this.joining = joining;
      this.heardNanos = nowNanos;
    }

    boolean isOver() {
      return beat != null && (beat.state() == State.DELIVERED || beat.state() == State.REFUSED);
    }
  }

  private final Terms terms;
  private final BiConsumer<RunMetadata, RunMetadata> sameRun;
  private final long sinceNanos;
  private final Map<Integer, Injector> injectors = new TreeMap<>();
  private final Set<Integer> lost = new TreeSet<>();
  private Long startAtMs;
  private String stop;
  private boolean byGenerator;

  /**
   * @param sameRun throws a {@link LogException} if two injectors do not belong to one run
   */
  public Fleet(Terms terms, BiConsumer<RunMetadata, RunMetadata> sameRun, long nowNanos) {
    this.terms = terms;
    this.sameRun = sameRun;
    this.sinceNanos = nowNanos;
  }

  /** Registers an injector. Returns the reason if the fleet cannot run with it, else empty. */
  public synchronized Optional<String> join(Joining who, long nowNanos) {
    Injector known = injectors.get(who.injector());
    if (known != null && known.joining.process().equals(who.process())) {
      return Optional.ofNullable(stop);
    }
    Optional<String> wrong = wrongWith(who, known);
    wrong.ifPresent(this::stopForInjector);
    if (wrong.isEmpty() && stop == null) {
      injectors.put(who.injector(), new Injector(who, nowNanos));
    }
    return wrong.or(() -> Optional.ofNullable(stop));
  }

  private Optional<String> wrongWith(Joining who, Injector known) {
    RunSetup setup = who.planned().setup();
    String name = name(who);
    if (who.injector() < 0
        || who.injector() >= terms.injectors()
        || setup.injectors() != terms.injectors()) {
      return Optional.of(
          "%s says it is one of %d; the conductor has %d (--injectors, kcp.injector.count)"
              .formatted(name, setup.injectors(), terms.injectors()));
    }
    if (known != null) {
      return Optional.of(
          "injector %d came twice, from %s and %s; give each a kcp.injector.index of its own"
              .formatted(who.injector(), known.joining.host(), who.host()));
    }
    if (!who.build().equals(terms.build())) {
      return Optional.of(
          "%s runs another build of the suite: %s in place of %s; give all the same version"
              .formatted(name, who.build(), terms.build()));
    }
    if (!setup.simulation().equalsIgnoreCase(terms.simulation())) {
      return Optional.of(
          "%s runs %s in place of %s".formatted(name, setup.simulation(), terms.simulation()));
    }
    List<String> files = RunSetup.unlike(terms.files(), setup.files());
    if (!files.isEmpty()) {
      return Optional.of(
          "%s is configured by other files than the conductor: %s; give all the same conf"
              .formatted(name, String.join(", ", files)));
    }
    for (Injector other : injectors.values()) {
      try {
        sameRun.accept(other.joining.planned(), who.planned());
      } catch (LogException differs) {
        return Optional.of(differs.getMessage());
      }
    }
    return Optional.empty();
  }

  private static String name(Joining who) {
    return "injector %d (%s)".formatted(who.injector(), who.host());
  }

  /** Records an injector's heartbeat. Returns what the injector must do. */
  public synchronized Order beat(Beat beat, long nowNanos, long nowMs) {
    Injector injector = injectors.get(beat.injector());
    if (injector == null || !injector.joining.process().equals(beat.process())) {
      String why = stop == null ? "the conductor does not know this process" : stop;
      return new Order(null, why, true, null);
    }
    injector.beat = beat;
    injector.heardNanos = nowNanos;
    if (beat.stopped() != null && stop == null) {
      stop = name(injector.joining) + ": " + beat.stopped();
      byGenerator = beat.byGenerator() || beat.state() == State.REFUSED;
    }
    late().ifPresent(this::stopForInjector);
    if (startAtMs == null && stop == null && all(State.READY)) {
      startAtMs = nowMs + START_AFTER_MS;
    }
    return new Order(startAtMs, stop, byGenerator, startedAtMs());
  }

  /** Returns a message about an injector whose load started too long after the first one's. */
  private Optional<String> late() {
    Long first = firstLoadMs();
    return injectors.values().stream()
        .filter(it -> it.beat != null && it.beat.loadStartedAtMs() != null)
        .filter(it -> it.beat.loadStartedAtMs() - first > terms.maxStartGap().toMillis())
        .findFirst()
        .map(
            it ->
                "%s was late: its load began %,d ms after that of the first"
                    .formatted(name(it.joining), it.beat.loadStartedAtMs() - first));
  }

  private Long firstLoadMs() {
    return beats().stream()
        .map(Beat::loadStartedAtMs)
        .filter(Objects::nonNull)
        .min(Long::compare)
        .orElse(null);
  }

  private boolean all(State atLeast) {
    return injectors.size() == terms.injectors()
        && injectors.values().stream()
            .allMatch(it -> it.beat != null && it.beat.state().compareTo(atLeast) >= 0);
  }

  /**
   * Returns when the first load started, once every injector has finished or is lost; null before.
   */
  private Long startedAtMs() {
    List<Injector> alive = injectors.values().stream().filter(it -> !isLost(it)).toList();
    boolean ended =
        alive.stream()
            .allMatch(it -> it.beat != null && it.beat.state().compareTo(State.ENDED) >= 0);
    return ended ? firstLoadMs() : null;
  }

  private List<Beat> beats() {
    return injectors.values().stream().map(it -> it.beat).filter(Objects::nonNull).toList();
  }

  private boolean isLost(Injector injector) {
    return lost.contains(injector.joining.injector());
  }

  /**
   * Marks silent injectors as lost, and stops the fleet if one is lost or not all are ready in
   * time.
   */
  public synchronized void check(long nowNanos) {
    if (startAtMs == null && stop == null && nowNanos - sinceNanos > terms.joinWithin().toNanos()) {
      stopForInjector(missing());
    }
    for (Injector injector : injectors.values()) {
      if (!injector.isOver()
          && !isLost(injector)
          && nowNanos - injector.heardNanos > SILENCE.toNanos()) {
        lost.add(injector.joining.injector());
        stopForInjector(
            "%s has been silent for %d s".formatted(name(injector.joining), SILENCE.toSeconds()));
      }
    }
  }

  private String missing() {
    List<String> absent = new ArrayList<>();
    List<String> unready = new ArrayList<>();
    for (int i = 0; i < terms.injectors(); i++) {
      Injector injector = injectors.get(i);
      if (injector == null) {
        absent.add(String.valueOf(i));
      } else if (injector.beat == null || injector.beat.state() == State.PREPARING) {
        unready.add(name(injector.joining));
      }
    }
    String within = " within %d s".formatted(terms.joinWithin().toSeconds());
    return absent.isEmpty()
        ? String.join(", ", unready) + " was not ready" + within
        : "injector " + String.join(", ", absent) + " did not come" + within;
  }

  private void stopForInjector(String why) {
    if (stop == null) {
      stop = why;
      byGenerator = true;
    }
  }

  /** Stops the run on the conductor's own initiative. */
  public synchronized void stop(String why) {
    stopForInjector(why);
  }

  /** Returns why the load was stopped, as a sentence; empty if it was not. */
  public synchronized Optional<String> stopped() {
    return Optional.ofNullable(stop);
  }

  /**
   * Returns whether an injector, not the system, caused the stop. The measurements are then
   * worthless.
   */
  public synchronized boolean isBroken() {
    return stop != null && byGenerator;
  }

  /** Returns whether no more messages are expected. */
  public synchronized boolean isOver() {
    boolean complete = injectors.size() == terms.injectors() || stop != null;
    return complete && injectors.values().stream().allMatch(it -> it.isOver() || isLost(it));
  }

  /** Returns the fleet's progress on one line. */
  public synchronized String inWords() {
    long sent = beats().stream().mapToLong(Beat::sent).sum();
    long failed = beats().stream().mapToLong(Beat::failed).sum();
    Map<State, Long> states = new TreeMap<>();
    beats().forEach(beat -> states.merge(beat.state(), 1L, Long::sum));
    return "%d of %d injectors joined, %s; %,d calls sent, %,d failed"
        .formatted(
            injectors.size(),
            terms.injectors(),
            states.toString().toLowerCase(Locale.ROOT),
            sent,
            failed);
  }
}
