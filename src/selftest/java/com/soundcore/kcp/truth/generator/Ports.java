package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.truth.model.GeneratorModel.NoPorts;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Micros;
import java.util.List;

/** The generator's own ports, which may run out. */
public final class Ports {
  private final List<NoPorts> faults;
  private final Draws draws;

  public Ports(List<NoPorts> faults, Draws draws) {
    this.faults = faults;
    this.draws = draws;
  }

  /** Whether the next call finds none. */
  public boolean areOut(long now) {
    for (NoPorts fault : faults) {
      double second = Micros.toSeconds(now);
      if (second >= fault.fromSecond() && second < fault.toSecond()) {
        return draws.chance(fault.share());
      }
    }
    return false;
  }
}
