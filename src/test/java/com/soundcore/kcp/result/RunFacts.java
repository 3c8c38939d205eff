package com.soundcore.kcp.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run knows of itself and a log does not: written beside the log when the run starts, and
 * again when it ends.
 *
 * @param setup what was run, and how
 * @param operations by service: what must have been called
 * @param phases the planned shape
 * @param startedAtMs when the load began, since the epoch
 * @param plannedArrivals users or journeys that were to start; 0 in the closed model
 * @param end what was known at the end
 * @param parts of a run that several injectors made: what each of them knew; else empty
 * @param missing how many injectors are known to be missing
 */
public record RunFacts(
    RunSetup setup,
    Map<String, List<String>> operations,
    List<Phase> phases,
    long startedAtMs,
    long plannedArrivals,
    End end,
    List<RunFacts> parts,
    int missing) {

  /** What an earlier version of this suite did not write is empty. */
  public RunFacts {
    parts = parts == null ? List.of() : parts;
    end = end == null ? End.NOT_YET : end;
  }

  /** The facts of one injector. */
  public RunFacts(
      RunSetup setup,
      Map<String, List<String>> operations,
      List<Phase> phases,
      long startedAtMs,
      long plannedArrivals,
      End end) {
    this(setup, operations, phases, startedAtMs, plannedArrivals, end, List.of(), 0);
  }

  /**
   * What was known at the end. What an earlier version of this suite did not write is empty.
   *
   * @param finished whether the run came to its end
   * @param shedCalls calls that were due and not made, since too many were in flight
   * @param droppedCalls connections that the server closed without an answer, whereupon Gatling
   *     sent the call again in silence; service "" where it is not known whose they were
   * @param generator what the generator saw of itself, a sample a second
   * @param answered calls that ended, by "service / operation", as counted when they did; empty
   *     where nobody counted
   * @param stopped where the load was stopped before its planned end; else null
   * @param lagMs of a part of a merged run, how far its arrivals were behind their plan
   * @param clockOffsetMs how far the target's clock is ahead of this machine's; null where unknown
   * @param search what a search for the highest rate found; null where there was none
   */
  public record End(
      boolean finished,
      CountsBySecond shedCalls,
      CountsBySecond droppedCalls,
      List<GeneratorSample> generator,
      Map<String, Answered> answered,
      Stopped stopped,
      long lagMs,
      Long clockOffsetMs,
      SearchRecord search) {
    public End {
      shedCalls = shedCalls == null ? CountsBySecond.NONE : shedCalls;
      droppedCalls = droppedCalls == null ? CountsBySecond.NONE : droppedCalls;
      generator = generator == null ? List.of() : generator;
      answered = answered == null ? Map.of() : answered;
    }

    /** Of a run that has not ended, or never did. */
    public static final End NOT_YET =
        new End(
            false,
            CountsBySecond.NONE,
            CountsBySecond.NONE,
            List.of(),
            Map.of(),
            null,
            0,
            null,
            null);

    End withLag(long late) {
      return new End(
          finished,
          shedCalls,
          droppedCalls,
          generator,
          answered,
          stopped,
          late,
          clockOffsetMs,
          search);
    }
  }

  /**
   * What a search for the highest rate did.
   *
   * @param answerRps the highest rate that was confirmed; null where there is none
   * @param brokenRps the lowest rate above it that broke twice; null where none did
   * @param levels every level, in order
   */
  public record SearchRecord(Double answerRps, Double brokenRps, List<SearchLevel> levels) {}

  /**
   * A level of a search.
   *
   * @param startSecond of its hold
   * @param endSecond exclusive
   * @param rps over all services
   * @param confirms whether it was held for longer, as the answer
   * @param held as it was judged when it ended
   * @param why it broke, in words; empty where it held
   */
  public record SearchLevel(
      int startSecond, int endSecond, double rps, Boolean confirms, boolean held, String why) {}

  /** Calls that ended, rightly and not. */
  public record Answered(long ok, long failed) {}

  /** When the load was stopped, in seconds from its start, and why, in a sentence. */
  public record Stopped(int second, String why) {}

  /**
   * A planned stage.
   *
   * @param name such as "hold 10,000"
   * @param startSecond from the start of the load
   * @param endSecond exclusive
   * @param hold whether its level does not move
   * @param users concurrent users at its end; 0 in the open model
   * @param arrivals journeys that start in it; 0 in the closed model
   * @param rps requests per second at its end, by service; expected ones in the closed model
   */
  public record Phase(
      String name,
      int startSecond,
      int endSecond,
      boolean hold,
      long users,
      long arrivals,
      Map<String, Double> rps) {
    public double totalRps() {
      return rps.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /**
   * A second of the generator.
   *
   * @param second from the start of the load
   * @param processCpu the fraction of all cores that this process used
   * @param machineCpu the fraction that everything used
   * @param maxPauseMs the longest time that a thread was late which had nothing to do but wake up
   * @param pausedMs all such times above the smallest ones
   * @param gcPauseMs time in collections
   * @param openFiles files and sockets
   * @param throttledMs for which the control group's processor quota stopped this process
   * @param stealShare the fraction of all cores that the hypervisor gave to others
   */
  public record GeneratorSample(
      int second,
      double processCpu,
      double machineCpu,
      double maxPauseMs,
      double pausedMs,
      long gcPauseMs,
      long openFiles,
      double throttledMs,
      double stealShare) {
    /** One that was neither throttled nor robbed. */
    public GeneratorSample(
        int second,
        double processCpu,
        double machineCpu,
        double maxPauseMs,
        double pausedMs,
        long gcPauseMs,
        long openFiles) {
      this(second, processCpu, machineCpu, maxPauseMs, pausedMs, gcPauseMs, openFiles, 0, 0);
    }
  }

  /** All that a log says of its run. */
  static RunFacts ofLogAlone(LogReader.Header header) {
    String unknown = "unknown";
    RunSetup setup =
        new RunSetup(
            header.simulation().toLowerCase(Locale.ROOT),
            unknown,
            unknown,
            false,
            unknown,
            unknown,
            0,
            1,
            1,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0,
            1,
            unknown,
            unknown,
            unknown);
    return new RunFacts(setup, Map.of(), List.of(), header.startMs(), 0, End.NOT_YET);
  }

  /** The planned load at any second. */
  public LoadProfile load() {
    return new LoadProfile(phases);
  }

  /** When the load is planned to have ended. */
  public int plannedSeconds() {
    return load().seconds();
  }

  /** Whether users come at a rate that waits for nobody. */
  public boolean isOpen() {
    return setup.injection().equals("open");
  }

  /** Whether the plan of the run is known. */
  public boolean hasPlan() {
    return !phases.isEmpty();
  }

  /** The same run, judged with these alterations, too. */
  public RunFacts judgedWith(List<String> alterations) {
    return new RunFacts(
        setup.withAltered(alterations),
        operations,
        phases,
        startedAtMs,
        plannedArrivals,
        end,
        parts,
        missing);
  }

  /** The same run, ended; where it was stopped early, with what was planned until then. */
  public RunFacts ended(End ending) {
    if (ending.stopped() == null) {
      return new RunFacts(setup, operations, phases, startedAtMs, plannedArrivals, ending);
    }
    int stop = ending.stopped().second();
    List<Phase> until =
        phases.stream()
            .filter(phase -> phase.startSecond() < stop)
            .map(phase -> phase.endSecond() <= stop ? phase : cut(phase, stop))
            .toList();
    long arrivals = until.stream().mapToLong(Phase::arrivals).sum();
    return new RunFacts(setup, operations, until, startedAtMs, arrivals, ending);
  }

  /** The same run as a part of a larger one, whose own log is not looked at again. */
  public RunFacts withLag(long lagMs) {
    return new RunFacts(
        setup,
        operations,
        phases,
        startedAtMs,
        plannedArrivals,
        end.withLag(lagMs),
        parts,
        missing);
  }

  /** The same run with the phases that came of it. */
  public RunFacts withPhases(List<Phase> real) {
    long arrivals = real.stream().mapToLong(Phase::arrivals).sum();
    return new RunFacts(setup, operations, real, startedAtMs, arrivals, end, parts, missing);
  }

  private Phase cut(Phase phase, int stop) {
    double share =
        (double) (stop - phase.startSecond()) / (phase.endSecond() - phase.startSecond());
    Map<String, Double> rps = new LinkedHashMap<>();
    phase.rps().keySet().forEach(service -> rps.put(service, load().rps(service, stop)));
    return new Phase(
        phase.name(),
        phase.startSecond(),
        stop,
        phase.hold(),
        Math.round(load().users(stop)),
        Math.round(phase.arrivals() * share),
        rps);
  }
}
