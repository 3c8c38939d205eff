package com.soundcore.kcp.truth;

import com.soundcore.kcp.truth.GeneratorModel.NoPorts;
import java.util.List;

/** The generator's own ports, which may run out. */
final class Ports {
  private final List<NoPorts> faults;
  private final Draws draws;

  Ports(List<NoPorts> faults, Draws draws) {
    this.faults = faults;
    this.draws = draws;
  }

  /** Whether the next call finds none. */
  boolean areOut(long now) {
    for (NoPorts fault : faults) {
      double second = Micros.toSeconds(now);
      if (second >= fault.fromSecond() && second < fault.toSecond()) {
        return draws.chance(fault.share());
      }
    }
    return false;
  }
}
