package com.soundcore.kcp.injection;

import com.soundcore.kcp.run.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The phases of a search so far, including the planned rest of the present one. */
final class SearchPhases {
  private final Phase ceiling;
  private final double highest;
  private final List<Phase> phases = new ArrayList<>();

  /**
   * @param ceiling the single phase that Gatling injects
   * @param highest the level of the ceiling
   */
  SearchPhases(Phase ceiling, double highest) {
    this.ceiling = ceiling;
    this.highest = highest;
  }

  List<Phase> all() {
    return List.copyOf(phases);
  }

  Phase last() {
    return phases.get(phases.size() - 1);
  }

  /** Returns the last phase as if it ended at this second. */
  Phase lastUntil(int second) {
    return until(last(), second);
  }

  /** Adds a ramp to a level. */
  void add(String name, int start, int end, double level) {
    phases.add(phase(name, start, end, false, level));
  }

  /** Adds a hold at a level. */
  void addHold(String name, int start, int end, double level) {
    phases.add(phase(name, start, end, true, level));
  }

  /** Drops everything planned after a second. */
  void cut(int second) {
    List<Phase> whole = all();
    phases.clear();
    for (Phase phase : whole) {
      if (phase.endSecond() <= second) {
        phases.add(phase);
      } else if (phase.startSecond() < second) {
        phases.add(until(phase, second));
      }
    }
  }

  private Phase until(Phase phase, int second) {
    return new Phase(
        phase.name(),
        phase.startSecond(),
        second,
        phase.hold(),
        0,
        arrivals(second - phase.startSecond()),
        phase.rps());
  }

  private Phase phase(String name, int start, int end, boolean isHold, double level) {
    Map<String, Double> rps = new LinkedHashMap<>();
    ceiling.rps().forEach((service, rate) -> rps.put(service, rate * level / highest));
    return new Phase(name, start, end, isHold, 0, arrivals(end - start), rps);
  }

  /** Gatling always injects at the ceiling's rate. Thinning admits only some of these arrivals. */
  private long arrivals(int seconds) {
    double perSecond = (double) ceiling.arrivals() / (ceiling.endSecond() - ceiling.startSecond());
    return Math.round(perSecond * seconds);
  }
}
