package com.soundcore.kcp.truth.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * The machine that makes the load.
 *
 * @param arrivals how users of the open model come within a second
 * @param timeoutMs how long a call waits for its answer
 * @param pauses times in which it stands still
 * @param runs the share of every 100 ms in which it gets a processor; 1 for all
 * @param noPorts when it has no ports left for some calls
 * @param processCpu the fraction of all cores that it uses
 */
public record GeneratorModel(
    Arrivals arrivals,
    int timeoutMs,
    List<Standstill> pauses,
    double runs,
    List<NoPorts> noPorts,
    double processCpu) {

  /** How users of the open model come. */
  public enum Arrivals {
    /** As Gatling lets them come: those of a second evenly within it. */
    EVEN,
    /** By chance, but as many within a stage as are planned. */
    POISSON
  }

  /** It stands still: nothing starts, and nothing that arrives is seen. */
  public record Standstill(double fromSecond, double millis) {}

  /** A share of the calls finds no port, and is not sent. */
  public record NoPorts(double fromSecond, double toSecond, double share) {}

  /** One that keeps up. */
  public static final GeneratorModel HEALTHY =
      new GeneratorModel(Arrivals.EVEN, 10_000, List.of(), 1, List.of(), 0.2);

  public GeneratorModel withArrivals(Arrivals other) {
    return new GeneratorModel(other, timeoutMs, pauses, runs, noPorts, processCpu);
  }

  public GeneratorModel withTimeout(int millis) {
    return new GeneratorModel(arrivals, millis, pauses, runs, noPorts, processCpu);
  }

  public GeneratorModel with(Standstill pause) {
    List<Standstill> all = Stream.concat(pauses.stream(), Stream.of(pause)).toList();
    return new GeneratorModel(arrivals, timeoutMs, all, runs, noPorts, processCpu);
  }

  public GeneratorModel throttledTo(double share) {
    return new GeneratorModel(arrivals, timeoutMs, pauses, share, noPorts, processCpu);
  }

  public GeneratorModel with(NoPorts fault) {
    List<NoPorts> all = Stream.concat(noPorts.stream(), Stream.of(fault)).toList();
    return new GeneratorModel(arrivals, timeoutMs, pauses, runs, all, processCpu);
  }

  public GeneratorModel withProcessCpu(double fraction) {
    return new GeneratorModel(arrivals, timeoutMs, pauses, runs, noPorts, fraction);
  }
}
