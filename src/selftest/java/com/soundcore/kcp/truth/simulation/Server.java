package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.truth.generator.Messages;
import com.soundcore.kcp.truth.generator.Operations;
import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.model.Truth;
import com.soundcore.kcp.truth.model.Truth.Load;
import com.soundcore.kcp.truth.system.Chances;
import com.soundcore.kcp.truth.system.Conditions;
import com.soundcore.kcp.truth.system.ProcessClock;
import com.soundcore.kcp.truth.system.Workers;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** One service at work: calls wait in order until one of its workers is free. */
final class Server {
  /** What comes back without any work takes as long as this, on the same machine. */
  static final long AT_ONCE_MICROS = 300;

  private final ServiceModel model;
  private final Operations operations;
  private final int firstOperation;
  private final Client client;
  private final ProcessClock clock;
  private final Draws draws;
  private final Chances chances;
  private final Conditions conditions;
  private final String name;
  private final Workers workers;
  private final ArrayDeque<SimulatedCall> waiting = new ArrayDeque<>();
  private final List<Load> loads = new ArrayList<>();
  private long received;
  private double offeredMicros;
  private double offeredToDatabase;

  // For as long as the process lives, and what it tells of itself.
  long requests;
  long begun;
  long created;
  double ownMicros;

  // For ever, and only we know.
  long allRequests;
  long dropped;
  long hung;
  long refused;

  Server(
      ServiceModel model,
      Operations operations,
      String name,
      Client client,
      ProcessClock clock,
      long seed) {
    this.model = model;
    this.operations = operations;
    this.firstOperation = operations.first(name);
    this.client = client;
    this.name = name;
    this.clock = clock;
    this.draws = new Draws(seed, "times of " + name);
    this.chances = new Chances(model, new Draws(seed, "chances of " + name));
    this.conditions =
        new Conditions(model, operations.of(name), new Draws(seed, "conditions of " + name));
    this.workers = new Workers(model);
  }

  ServiceModel model() {
    return model;
  }

  int instances() {
    return model.troubles().stream()
        .filter(Trouble.Instances.class::isInstance)
        .mapToInt(trouble -> ((Trouble.Instances) trouble).count())
        .findFirst()
        .orElse(1);
  }

  ProcessClock clock() {
    return clock;
  }

  /** Calls that it has and has not answered. */
  int present() {
    return workers.busy() + waiting.size();
  }

  boolean refuses(long now) {
    return chances.refuses(now);
  }

  /** It lives on as a new process. */
  void restarts() {
    requests = 0;
    begun = 0;
    ownMicros = 0;
  }

  /** A second begins. */
  void begin(int second, long now) {
    if (second > 0) {
      double capacity = (double) workers.count() * Micros.SECOND;
      loads.add(new Load(received, offeredMicros / capacity, offeredToDatabase / Micros.SECOND));
    }
    workers.endSecond(second, now);
    conditions.begin(second, received);
    received = 0;
    offeredMicros = 0;
    offeredToDatabase = 0;
    serveWaiting(now);
  }

  void receive(SimulatedCall call, long now) {
    if (chances.refuses(now)) {
      refused++;
      client.answered(call, Messages.REFUSED, now + AT_ONCE_MICROS);
      return;
    }
    received++;
    if (chances.hangs()) {
      hung++;
      call.lost = true;
      if (call.abandoned) {
        client.answered(call, "", now);
      }
      return;
    }
    if (chances.drops()) {
      drop(call, now);
      return;
    }
    call.work = model.time().draw(draws);
    double micros = conditions.micros(call.operation - firstOperation, call.work);
    offeredMicros += micros;
    offeredToDatabase += micros * model.databaseShare();
    if (workers.isOneFree()) {
      begin(call, now);
    } else if (waiting.size() < model.queue()) {
      waiting.add(call);
    } else {
      count();
      client.answered(call, operations.status(call.operation, 503), now + AT_ONCE_MICROS);
    }
  }

  private void drop(SimulatedCall call, long now) {
    count();
    dropped++;
    if (call.tries++ < chances.retries()) {
      client.dropped(name, now);
      call.comes(now + AT_ONCE_MICROS);
    } else {
      client.answered(call, Messages.CLOSED, now + AT_ONCE_MICROS);
    }
  }

  private void begin(SimulatedCall call, long now) {
    workers.take(now);
    begun++;
    if (operations.creates(call.operation)) {
      created++;
    }
    double micros = conditions.micros(call.operation - firstOperation, call.work);
    long inDatabase = Math.round(micros * model.databaseShare());
    long own = Math.round(micros) - inDatabase;
    ownMicros += own;
    call.isTaken(inDatabase, own, now);
  }

  /** A worker is done with a call. */
  void end(SimulatedCall call, long now) {
    workers.free(now);
    count();
    serveWaiting(now);
    String message = "";
    if (chances.fails(operations.get(call.operation).name(), now)) {
      message = operations.status(call.operation, 500);
    } else if (chances.hasWrongContent()) {
      message = Messages.WRONG_CONTENT;
    }
    client.answered(call, message, now);
  }

  private void count() {
    requests++;
    allRequests++;
  }

  private void serveWaiting(long now) {
    while (workers.isOneFree() && !waiting.isEmpty()) {
      begin(waiting.poll(), now);
    }
  }

  /** All that is true of it. */
  Truth.OfService truth() {
    return new Truth.OfService(
        allRequests,
        dropped,
        hung,
        refused,
        conditions.slow(),
        workers.scaledAt(),
        List.copyOf(loads));
  }
}
