package com.soundcore.kcp.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run knows of itself and a log does not: written beside the log when the run starts, and
 * again when it ends.
 *
 * @param setup what was run, and how
 * @param operations by service: what must have been called
 * @param shares of each operation in the planned calls of its service, by "service / operation"
 * @param phases the planned shape
 * @param startedAtMs when the load began, since the epoch
 * @param plannedArrivals users or journeys that were to start; 0 in the closed model
 * @param end what was known at the end
 * @param parts of a run that several injectors made: what each of them knew; else empty
 * @param missing how many injectors are known to be missing
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

  /** What an earlier version of this suite did not write is empty. */
  public RunMetadata {
    shares = shares == null ? Map.of() : shares;
    parts = parts == null ? List.of() : parts;
    end = end == null ? RunEnd.NOT_YET : end;
  }

  /** The facts of one injector. */
  public RunMetadata(
      RunSetup setup,
      Map<String, List<String>> operations,
      List<Phase> phases,
      long startedAtMs,
      long plannedArrivals,
      RunEnd end) {
    this(setup, operations, Map.of(), phases, startedAtMs, plannedArrivals, end, List.of(), 0);
  }

  /** The same run with the share that each operation has in the calls of its service. */
  public RunMetadata withShares(Map<String, Double> known) {
    return new RunMetadata(
        setup, operations, known, phases, startedAtMs, plannedArrivals, end, parts, missing);
  }

  /** Whether a subject is called: a service, "service / operation", or all together. */
  public boolean calls(String subject) {
    return Subject.isOperation(subject)
        ? operations
            .getOrDefault(Subject.serviceOf(subject), List.of())
            .contains(Subject.nameOf(subject))
        : subject.equals(Subject.ALL) || operations.containsKey(subject);
  }

  /**
   * Calls that are planned from one second up to another, which is excluded.
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
    // What an earlier version of this suite wrote has no shares.
    return Subject.isOperation(subject)
        ? calls * shares.getOrDefault(subject, 1.0 / operations.get(service).size())
        : calls;
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

  /** Returns a copy that is also judged with these alterations. */
  public RunMetadata judgedWith(List<String> alterations) {
    return of(setup.withAltered(alterations));
  }

  /** Returns a copy with these facts about its calls. */
  public RunMetadata withCaveats(List<String> sentences) {
    Stream<String> seen = setup.system().caveats().stream();
    return of(setup.withCaveats(Stream.concat(seen, sentences.stream()).distinct().toList()));
  }

  private RunMetadata of(RunSetup other) {
    return new RunMetadata(
        other, operations, shares, phases, startedAtMs, plannedArrivals, end, parts, missing);
  }

  /** The same run, ended; where it was stopped early, with what was planned until then. */
  public RunMetadata ended(RunEnd ending) {
    if (ending.stopped() == null) {
      return of(phases, plannedArrivals, ending, List.of(), 0);
    }
    RunMetadata until = until(ending.stopped().second());
    return until.of(until.phases, until.plannedArrivals, ending, List.of(), 0);
  }

  /** The same run with what was planned up to a second, which is excluded. */
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

  /** Returns a copy as a part of a larger run whose own log is not read again. */
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
