package com.soundcore.kcp.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The facts of a run that its log does not contain. They are written next to the log when the run
 * starts, and again when it ends.
 *
 * @param setup of the run
 * @param operations by service: the operations that must be called
 * @param shares of each operation in the planned calls of its service, by "service / operation"
 * @param phases the planned shape
 * @param startedAtMs start of the load, since the epoch
 * @param plannedArrivals planned users or journeys; 0 in the closed model
 * @param end the facts known at the end
 * @param parts the facts of each injector of a merged run; else empty
 * @param missing number of injectors known to be missing
 */
public record RunMetadata(
    RunSetup setup,
    Map<String, List<String>> operations,
    Map<String, Double> shares,
    List<Phase> phases,
    long startedAtMs,
    long plannedArrivals,
    RunEnd end,
    List<RunMetadata> parts,
    int missing) {

  /** Replaces values that an earlier version of this suite did not write by empty ones. */
  public RunMetadata {
    shares = shares == null ? Map.of() : shares;
    parts = parts == null ? List.of() : parts;
    end = end == null ? RunEnd.NOT_YET : end;
  }

  /** Creates the facts of one injector. */
  public RunMetadata(
      RunSetup setup,
      Map<String, List<String>> operations,
      List<Phase> phases,
      long startedAtMs,
      long plannedArrivals,
      RunEnd end) {
    this(setup, operations, Map.of(), phases, startedAtMs, plannedArrivals, end, List.of(), 0);
  }

  /** Returns a copy with the share of each operation in the calls of its service. */
  public RunMetadata withShares(Map<String, Double> known) {
    return new RunMetadata(
        setup, operations, known, phases, startedAtMs, plannedArrivals, end, parts, missing);
  }

  /** Returns whether a subject is called: a service, "service / operation", or all together. */
  public boolean calls(String subject) {
    return Subject.isOperation(subject)
        ? operations
            .getOrDefault(Subject.serviceOf(subject), List.of())
            .contains(Subject.nameOf(subject))
        : subject.equals(Subject.ALL) || operations.containsKey(subject);
  }

  /**
   * Returns the calls planned from one second up to another, which is excluded.
   *
   * @param subject a service, "service / operation", or all together
   */
  public double plannedCalls(String subject, int from, int to) {
    if (subject.equals(Subject.ALL)) {
      return operations.keySet().stream()
          .mapToDouble(service -> load().calls(service, from, to))
          .sum();
    }
    String service = Subject.serviceOf(subject);
    double calls = load().calls(service, from, to);
    // Facts written by an earlier version of this suite have no shares.
    return Subject.isOperation(subject)
        ? calls * shares.getOrDefault(subject, 1.0 / operations.get(service).size())
        : calls;
  }

  /** Returns the planned load at any second. */
  public LoadProfile load() {
    return new LoadProfile(phases);
  }

  /** Returns the planned end of the load in seconds. */
  public int plannedSeconds() {
    return load().seconds();
  }

  /** Returns whether users arrive at a rate that does not depend on the answers. */
  public boolean isOpen() {
    return setup.injection().equals("open");
  }

  /** Returns whether the plan of the run is known. */
  public boolean hasPlan() {
    return !phases.isEmpty();
  }

  /** Returns a copy with these additional alterations. */
  public RunMetadata judgedWith(List<String> alterations) {
    return of(setup.withAltered(alterations));
  }

  /** Returns a copy with these additional caveats. */
  public RunMetadata withCaveats(List<String> sentences) {
    Stream<String> seen = setup.system().caveats().stream();
    return of(setup.withCaveats(Stream.concat(seen, sentences.stream()).distinct().toList()));
  }

  private RunMetadata of(RunSetup other) {
    return new RunMetadata(
        other, operations, shares, phases, startedAtMs, plannedArrivals, end, parts, missing);
  }

  /** Returns the finished run. If it was stopped early, its plan ends at the stop. */
  public RunMetadata ended(RunEnd ending) {
    if (ending.stopped() == null) {
      return of(phases, plannedArrivals, ending, List.of(), 0);
    }
    RunMetadata until = until(ending.stopped().second());
    return until.of(until.phases, until.plannedArrivals, ending, List.of(), 0);
  }

  /** Returns a copy whose plan ends at a second, which is excluded. */
  public RunMetadata until(int second) {
    List<Phase> until =
        phases.stream()
            .filter(phase -> phase.startSecond() < second)
            .map(phase -> phase.endSecond() <= second ? phase : cut(phase, second))
            .toList();
    long arrivals = until.stream().mapToLong(Phase::arrivals).sum();
    return of(until, arrivals, end, parts, missing);
  }

  private RunMetadata of(
      List<Phase> real, long arrivals, RunEnd ending, List<RunMetadata> of, int without) {
    return new RunMetadata(
        setup, operations, shares, real, startedAtMs, arrivals, ending, of, without);
  }

  /** Returns a copy with this lag, as a part of a merged run. Its own log is not read again. */
  public RunMetadata withLag(long lagMs) {
    return of(phases, plannedArrivals, end.withLag(lagMs), parts, missing);
  }

  /** Returns a copy with the phases that actually ran. */
  public RunMetadata withPhases(List<Phase> real) {
    long arrivals = real.stream().mapToLong(Phase::arrivals).sum();
    return of(real, arrivals, end, parts, missing);
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
