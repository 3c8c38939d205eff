package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.truth.generator.ArrivalTimes;
import com.soundcore.kcp.truth.generator.Population;
import com.soundcore.kcp.truth.generator.Visits.Step;
import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;
import java.util.function.Supplier;

/** The users of a service in the open model: each comes at its time, whatever the others do. */
final class OpenUsers implements Population, Event {
  private final EventQueue queue;
  private final Client client;
  private final int scenario;
  private final String service;
  private final Supplier<Step[]> visits;
  private final ArrivalTimes times;
  private long due;

  OpenUsers(
      EventQueue queue,
      Client client,
      int scenario,
      String service,
      Supplier<Step[]> visits,
      ArrivalTimes times) {
    this.queue = queue;
    this.client = client;
    this.scenario = scenario;
    this.service = service;
    this.visits = visits;
    this.times = times;
  }

  void begin() {
    client.opens(this);
    due = times.next();
    goOn();
  }

  @Override
  public void happen(long now) {
    while (due <= now && !client.isOver()) {
      client.setsOut(this, service, visits, false, now);
      due = times.next();
    }
    goOn();
  }

  private void goOn() {
    if (due == ArrivalTimes.NONE) {
      client.closes(this);
    } else {
      queue.add(client.awake(due), this);
    }
  }

  @Override
  public int scenario() {
    return scenario;
  }
}
