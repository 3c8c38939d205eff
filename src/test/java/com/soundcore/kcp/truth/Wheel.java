package com.soundcore.kcp.truth;

import com.soundcore.kcp.injection.Admission;
import com.soundcore.kcp.result.RunFacts.Stopped;
import com.soundcore.kcp.truth.Steering.Next;
import java.util.Optional;

/** Where a run is steered to at present. */
final class Wheel {
  private final Optional<Steering> steering;
  private final Admission admission = new Admission();
  private Next next = Next.ALL;
  private Optional<Stopped> stopped = Optional.empty();

  Wheel(Optional<Steering> steering) {
    this.steering = steering;
    steering.ifPresent(s -> turn(0, s.first()));
  }

  /** Whether a user that has set out goes on. */
  boolean admits(String population) {
    return steering.isEmpty() || admission.admits(population);
  }

  /** Whether the load ends; each user asks that sets out. */
  boolean stops(int inFlight) {
    return stopped.isPresent() || next.isDone() && inFlight == 0;
  }

  /** When and why it was stopped, where that is a failure. */
  Optional<Stopped> stopped() {
    return stopped;
  }

  void secondEnded(Ledger ledger, int second, int inFlight) {
    steering.ifPresent(s -> turn(second, s.after(ledger.look(second, inFlight))));
  }

  private void turn(int second, Next to) {
    next = to;
    admission.let(to.share());
    if (to.stopsBecause() != null && stopped.isEmpty()) {
      stopped = Optional.of(new Stopped(second, to.stopsBecause()));
    }
  }
}
