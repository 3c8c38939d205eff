package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.injection.ArrivalThinning;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.truth.generator.Steering.Next;
import java.util.Optional;

/** Where a run is steered to at present. */
public final class Wheel {
  private final Optional<Steering> steering;
  private final ArrivalThinning thinning = new ArrivalThinning();
  private Next next = Next.ALL;
  private Optional<Stopped> stopped = Optional.empty();

  public Wheel(Optional<Steering> steering) {
    this.steering = steering;
    steering.ifPresent(s -> turn(0, s.first()));
  }

  /** Whether a user that has set out goes on. */
  public boolean admits(String population) {
    return steering.isEmpty() || thinning.admits(population);
  }

  /** The part of the load that goes on. */
  public double share() {
    return steering.isEmpty() ? 1 : thinning.share();
  }

  /** Whether the load ends; each user asks that sets out. */
  public boolean stops(int inFlight) {
    return stopped.isPresent() || next.isDone() && inFlight == 0;
  }

  /** When and why it was stopped, where that is a failure. */
  public Optional<Stopped> stopped() {
    return stopped;
  }

  public void secondEnded(Ledger ledger, int second, int inFlight) {
    steering.ifPresent(s -> turn(second, s.after(ledger.look(second, inFlight))));
  }

  private void turn(int second, Next to) {
    next = to;
    thinning.setShare(to.share());
    if (to.stopsBecause() != null && stopped.isEmpty()) {
      stopped = Optional.of(new Stopped(second, to.stopsBecause()));
    }
  }
}
