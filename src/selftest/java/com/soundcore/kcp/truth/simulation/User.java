package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.truth.generator.Population;
import com.soundcore.kcp.truth.generator.Visits.Step;
import com.soundcore.kcp.truth.time.Event;

/** A virtual user: makes the calls of its journey one after the other, thinks, and is gone. */
final class User implements Event {
  private final Client client;
  private Population population;
  private Step[] steps;
  private int at;
  private boolean thinks;

  User(Client client) {
    this.client = client;
  }

  /** It sets out. */
  void begins(Population of, Step[] what, boolean thinksAfterwards, long now) {
    population = of;
    steps = what;
    at = 0;
    thinks = thinksAfterwards;
    goOn(now);
  }

  Population population() {
    return population;
  }

  /** Its call has ended, or its pause. */
  void goOn(long now) {
    while (at < steps.length) {
      Step step = steps[at++];
      if (step.isPause()) {
        client.later(now + step.pauseMicros(), this);
        return;
      }
      if (client.send(this, step.operation(), now)) {
        return;
      }
    }
    if (thinks) {
      thinks = false;
      client.later(now + population.thinkMicros(), this);
    } else {
      client.ends(this, now);
    }
  }

  @Override
  public void happen(long now) {
    goOn(now);
  }
}
