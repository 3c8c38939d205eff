package com.soundcore.kcp.backend.fault;

import com.soundcore.kcp.backend.http.Action;
import java.util.concurrent.TimeUnit;

/** Single instance that is slow above a rate, until a second instance has started. */
final class Autoscaling implements FaultEffect {
  private static final int BEFORE = 1;
  private static final int AFTER = 2;

  private final PlantedFault fault;
  private final CallRate rate;
  private long scaledAtNanos = Long.MAX_VALUE;

  Autoscaling(PlantedFault fault) {
    this.fault = fault;
    this.rate = new CallRate(fault.rate());
  }

  synchronized int instances() {
    return System.nanoTime() >= scaledAtNanos ? AFTER : BEFORE;
  }

  @Override
  public Action whole(Action action) {
    return call -> {
      if (isOver()) {
        FaultEffects.pause(fault.delayMs());
      }
      return action.answer(call);
    };
  }

  /** Returns whether there are too many calls for one instance and no second one yet. */
  private synchronized boolean isOver() {
    boolean above = rate.isAbove();
    long now = System.nanoTime();
    if (above && scaledAtNanos == Long.MAX_VALUE) {
      scaledAtNanos = now + TimeUnit.MILLISECONDS.toNanos(fault.lastingMs());
    }
    return above && now < scaledAtNanos;
  }
}
