package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.truth.generator.Ledger;
import com.soundcore.kcp.truth.generator.Wheel;
import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at the run once a second, as the suite's own ticker does: after a standstill the seconds
 * that were missed are gone.
 */
final class SecondTicker implements Event {
  private final EventQueue queue;
  private final Client client;
  private final Ledger ledger;
  private final Wheel wheel;
  private final List<String> services;
  private final int receivedEvery;
  private final List<ResourceSample> received = new ArrayList<>();
  private final long[] bytes;
  private long next = Micros.SECOND;
  private int ticks;

  /**
   * @param receivedEvery so many seconds it notes the bytes that came
   */
  SecondTicker(
      EventQueue queue,
      Client client,
      Ledger ledger,
      Wheel wheel,
      List<String> services,
      int receivedEvery) {
    this.queue = queue;
    this.client = client;
    this.ledger = ledger;
    this.wheel = wheel;
    this.services = services;
    this.receivedEvery = receivedEvery;
    bytes = new long[services.size()];
  }

  void begin() {
    queue.add(client.awake(next), this);
  }

  @Override
  public void happen(long now) {
    int second = (int) ((now - Micros.SECOND / 2) / Micros.SECOND);
    wheel.secondEnded(ledger, second, client.inFlight());
    received(second);
    ledger.nextSecond();
    next = Math.max(next, now - Micros.SECOND) + Micros.SECOND;
    queue.add(Math.max(now, client.awake(next)), this);
  }

  private void received(int second) {
    ticks++;
    boolean due = ticks % receivedEvery == 0;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] += ledger.bytes(i);
      if (due) {
        double perSecond = (double) bytes[i] / receivedEvery;
        received.add(
            new ResourceSample(second + 1.0, services.get(i), Map.of("received", perSecond)));
        bytes[i] = 0;
      }
    }
  }

  /** Bytes per second that came from each service. */
  List<ResourceSample> received() {
    return received;
  }
}
