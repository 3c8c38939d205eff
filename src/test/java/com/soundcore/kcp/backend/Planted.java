package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.ServiceServer.Action;
import java.util.List;

/** The faults of one route. */
final class Planted {
  static final Planted NOTHING = new Planted(List.of(), new LoadClock());

  private final List<Fault> faults;
  private final LoadClock clock;

  Planted(List<Fault> faults, LoadClock clock) {
    this.faults = faults;
    this.clock = clock;
  }

  boolean isActive() {
    return !faults.isEmpty() && !active().isEmpty();
  }

  private List<Fault> active() {
    long now = clock.millis();
    return faults.stream().filter(fault -> fault.isActive(now)).toList();
  }

  /** The same answer, spoilt; to be asked for only on a thread that may wait. */
  Action around(Action action) {
    List<Fault> active = active();
    return call -> {
      for (Fault fault : active) {
        Thread.sleep(fault.delayMs());
      }
      return action.answer(call);
    };
  }
}
