package com.soundcore.kcp.run;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The planned load at any second: rates, and users in the closed model. In the closed model, a rate
 * is an expectation.
 *
 * @param phases consecutive phases from second 0; each holds its level, or moves to it evenly from
 *     the end of the phase before
 */
public record LoadProfile(List<Phase> phases) {
  private static final double HALF = 0.5;

  /** Returns the phase of a second; empty after the last one. */
  public Optional<Phase> phaseAt(double second) {
    return phases.stream()
        .filter(phase -> second >= phase.startSecond() && second < phase.endSecond())
        .findFirst();
  }

  /** Returns whether the load is held at one level in this second. */
  public boolean holds(int second) {
    return phaseAt(second).filter(Phase::hold).isPresent();
  }

  /** Returns the planned end of the load in seconds. */
  public int seconds() {
    return phases.isEmpty() ? 0 : phases.get(phases.size() - 1).endSecond();
  }

  /** Returns a service's requests per second at a moment. */
  public double rps(String service, double second) {
    return at(second, phase -> phase.rps().getOrDefault(service, 0.0));
  }

  /** Returns the requests per second of all services at a moment. */
  public double rps(double second) {
    return at(second, Phase::totalRps);
  }

  /** Returns the concurrent users at a moment; 0 in the open model. */
  public double users(double second) {
    return at(second, phase -> (double) phase.users());
  }

  /** Returns a service's calls from one second up to another, which is excluded. */
  public double calls(String service, int from, int to) {
    double calls = 0;
    for (int second = from; second < to; second++) {
      calls += rps(service, second + HALF);
    }
    return calls;
  }

  /** Returns the rate of all services at the start of a phase. */
  public double rpsAtStartOf(Phase phase) {
    return phase.hold() ? phase.totalRps() : rps(phase.startSecond());
  }

  /**
   * Returns the first second, from a given one on, in which the planned rate is at most this high.
   */
  public int firstAtMost(double rps, int from) {
    int second = from;
    while (second < seconds() && rps(second) > rps) {
      second++;
    }
    return second;
  }

  private double at(double second, ToDoubleFunction<Phase> levelAtEnd) {
    double before = 0;
    for (Phase phase : phases) {
      double end = levelAtEnd.applyAsDouble(phase);
      if (second < phase.endSecond()) {
        double share = (second - phase.startSecond()) / (phase.endSecond() - phase.startSecond());
        return phase.hold() ? end : before + share * (end - before);
      }
      before = end;
    }
    return 0;
  }
}
