package com.soundcore.kcp.injection;

import com.soundcore.kcp.run.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The phases that a search has gone through, and what is planned of the present one. */
final class SearchPhases {
  private final Phase ceiling;
  private final double highest;
  private final List<Phase> phases = new ArrayList<>();

  /**
   * @param ceiling the one phase that Gatling was given
   * @param highest its level
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

  /** The last phase as if it ended then. */
  Phase lastUntil(int second) {
    return until(last(), second);
  }

  /** A ramp to a level. */
  void add(String name, int start, int end, double level) {
    phases.add(phase(name, start, end, false, level));
  }

  /** A hold at a level. */
  void addHold(String name, int start, int end, double level) {
    phases.add(phase(name, start, end, true, level));
  }

  /** What was planned beyond a second did not come. */
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

  /** They come at the ceiling's rate, whatever part of them goes on. */
  private long arrivals(int seconds) {
    double perSecond = (double) ceiling.arrivals() / (ceiling.endSecond() - ceiling.startSecond());
    return Math.round(perSecond * seconds);
  }
}
