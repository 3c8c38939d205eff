package com.soundcore.kcp.run;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The planned load at any second: rates, and in the closed model users. In the closed model a rate
 * is an expectation.
 *
 * @param phases one after the other, from second 0; each moves evenly from where the one before it
 *     ended, or holds
 */
public record LoadProfile(List<Phase> phases) {
  private static final double HALF = 0.5;

  /** The phase of a second; none after the last one. */
  public Optional<Phase> phaseAt(double second) {
    return phases.stream()
        .filter(phase -> second >= phase.startSecond() && second < phase.endSecond())
        .findFirst();
  }

  /** Whether the load is held at one level in this second. */
  public boolean holds(int second) {
    return phaseAt(second).filter(Phase::hold).isPresent();
  }

  /** When the load is planned to have ended. */
  public int seconds() {
    return phases.isEmpty() ? 0 : phases.get(phases.size() - 1).endSecond();
  }

  /** Requests per second of a service at a moment. */
  public double rps(String service, double second) {
    return at(second, phase -> phase.rps().getOrDefault(service, 0.0));
  }

  /** The same over all services. */
  public double rps(double second) {
    return at(second, Phase::totalRps);
  }

  /** Concurrent users at a moment; 0 in the open model. */
  public double users(double second) {
    return at(second, phase -> (double) phase.users());
  }

  /** Calls of a service from one second up to another, which is excluded. */
  public double calls(String service, int from, int to) {
    double calls = 0;
    for (int second = from; second < to; second++) {
      calls += rps(service, second + HALF);
    }
    return calls;
  }

  /** The rate over all services at which a phase begins. */
  public double rpsAtStartOf(Phase phase) {
    return phase.hold() ? phase.totalRps() : rps(phase.startSecond());
  }

  /** The first second from a moment on at which no more than a rate is planned. */
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
