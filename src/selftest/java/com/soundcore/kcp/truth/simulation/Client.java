package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.truth.generator.Ledger;
import com.soundcore.kcp.truth.generator.Messages;
import com.soundcore.kcp.truth.generator.Operations;
import com.soundcore.kcp.truth.generator.Population;
import com.soundcore.kcp.truth.generator.Ports;
import com.soundcore.kcp.truth.generator.Standstills;
import com.soundcore.kcp.truth.generator.Visits.Step;
import com.soundcore.kcp.truth.generator.Wheel;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The generator at work, as Gatling and the suite are: sends, waits, logs, and sheds. */
final class Client {
  private static final Step[] NOTHING = {};

  private final EventQueue queue;
  private final Standstills standstills;
  private final Operations operations;
  private final Ledger ledger;
  private final Wheel wheel;
  private final LogWriter log;
  private final Ports ports;
  private final IntSupplier allowed;
  private int maxInFlight;
  private final Timeouts timeouts;
  private final String timeoutMessage;
  private final List<Server> servers = new ArrayList<>();
  private final ArrayDeque<SimulatedCall> freeCalls = new ArrayDeque<>();
  private final ArrayDeque<User> freeUsers = new ArrayDeque<>();
  private Database database;
  private int inFlight;
  private int users;
  private int openPopulations;
  private boolean isOver;

  Client(
      EventQueue queue,
      GeneratorModel model,
      Standstills standstills,
      Operations operations,
      Ledger ledger,
      Wheel wheel,
      LogWriter log,
      Draws draws,
      IntSupplier allowed) {
    this.queue = queue;
    this.standstills = standstills;
    this.operations = operations;
    this.ledger = ledger;
    this.wheel = wheel;
    this.log = log;
    this.ports = new Ports(model.noPorts(), draws);
    this.allowed = allowed;
    timeouts = new Timeouts(queue, this, model.timeoutMs());
    timeoutMessage = Messages.timeout(model.timeoutMs());
  }

  /**
   * Where its calls go.
   *
   * @param byService in the order of the services' numbers
   */
  void connect(List<Server> byService, Database shared) {
    servers.addAll(byService);
    database = shared;
  }

  /** Whether the run has come to its end. */
  boolean isOver() {
    return isOver;
  }

  int inFlight() {
    return inFlight;
  }

  /** The first moment from then on at which the generator runs. */
  long awake(long at) {
    return standstills.awake(at);
  }

  /** Lets a user wake up. */
  void later(long at, Event user) {
    queue.add(awake(at), user);
  }

  void opens(Population population) {
    openPopulations++;
  }

  /** No more users come of a population. */
  void closes(Population population) {
    openPopulations--;
    isOver |= openPopulations == 0 && users == 0;
  }

  /**
   * A user sets out.
   *
   * @param name under which a steered load may let it go on
   * @param visits tells what it does, and is asked only where it goes on: the mix is that of the
   *     users that do
   */
  void setsOut(Population of, String name, Supplier<Step[]> visits, boolean thinks, long now) {
    log.user(of.scenario(), true, Micros.toMillis(now));
    users++;
    if (wheel.stops(inFlight)) {
      isOver = true;
      return;
    }
    User free = freeUsers.poll();
    User user = free == null ? new User(this) : free;
    if (wheel.admits(name)) {
      user.begins(of, visits.get(), thinks, now);
    } else {
      user.begins(of, NOTHING, false, now);
    }
  }

  void ends(User user, long now) {
    log.user(user.population().scenario(), false, Micros.toMillis(now));
    users--;
    freeUsers.add(user);
    user.population().ended(now);
    isOver |= openPopulations == 0 && users == 0;
  }

  /**
   * Sends a call.
   *
   * @return false where too many are under way: it is shed, and the user goes on
   */
  boolean send(User user, int operation, long now) {
    int service = operations.serviceOf(operation);
    if (inFlight >= maxInFlight) {
      maxInFlight = Math.max(maxInFlight, allowed.getAsInt());
    }
    if (inFlight >= maxInFlight) {
      ledger.shed(service, now);
      return false;
    }
    inFlight++;
    ledger.sent(operation, now);
    SimulatedCall free = freeCalls.poll();
    SimulatedCall call = free == null ? new SimulatedCall(queue, this, database) : free;
    call.begins(user, operation, servers.get(service), now);
    timeouts.watch(call, now);
    if (ports.areOut(now)) {
      answered(call, Messages.NO_PORTS, now + Server.AT_ONCE_MICROS);
    } else {
      call.server.receive(call, now);
    }
    return true;
  }

  /** An answer, or what comes in place of one, arrives at that moment; seen when it runs. */
  void answered(SimulatedCall call, String message, long at) {
    if (call.abandoned) {
      freeCalls.add(call);
      return;
    }
    call.message = message;
    long seen = awake(at);
    if (seen > queue.now()) {
      call.isAnswered(seen);
    } else {
      seen(call, seen);
    }
  }

  void seen(SimulatedCall call, long now) {
    if (call.abandoned) {
      freeCalls.add(call);
      return;
    }
    User user = call.user;
    finish(call, call.message, now);
    freeCalls.add(call);
    user.goOn(now);
  }

  void timedOut(SimulatedCall call, long now) {
    User user = call.user;
    finish(call, timeoutMessage, now);
    call.abandoned = true;
    if (call.lost) {
      freeCalls.add(call);
    }
    user.goOn(now);
  }

  /** A connection was closed without an answer; Gatling sends the call again. */
  void dropped(String service, long now) {
    ledger.dropped(service, now);
  }

  private void finish(SimulatedCall call, String message, long now) {
    call.serial++;
    inFlight--;
    boolean ok = message.isEmpty();
    int start = Micros.toMillis(call.sentAt);
    int end = Micros.toMillis(now);
    String service = operations.services().get(operations.serviceOf(call.operation));
    String name = operations.get(call.operation).name();
    log.request(service, name, start, end, ok, message);
    int bytes = ok ? call.server.model().footprint().bytesPerAnswer() : 0;
    ledger.answered(call.operation, start, end, ok, bytes);
  }
}
