package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.truth.model.Footprint;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.model.Trouble.Outage;
import com.soundcore.kcp.truth.model.Trouble.Pauses;
import com.soundcore.kcp.truth.model.Trouble.Stall;
import com.soundcore.kcp.truth.system.ProcessClock;
import com.soundcore.kcp.truth.system.ProcessMemory;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of the system under test: it has services, stands still at times, and uses things. */
final class SystemProcess {
  private final EventQueue queue;
  private final Draws draws;
  private final ProcessClock clock = new ProcessClock();
  private final List<Server> servers = new ArrayList<>();
  private final List<ProcessMemory> memories = new ArrayList<>();
  private double startedAtSecond;
  private double bornAt;

  /**
   * @param startedAtSecond since the epoch: what makes it another process than all others
   */
  SystemProcess(EventQueue queue, Draws draws, double startedAtSecond) {
    this.queue = queue;
    this.draws = draws;
    this.startedAtSecond = startedAtSecond;
  }

  ProcessClock clock() {
    return clock;
  }

  /** A service that it has; its troubles are those of the whole process. */
  void has(Server server) {
    servers.add(server);
    memories.add(new ProcessMemory(server.model().footprint().memory(), draws));
    for (Trouble trouble : server.model().troubles()) {
      if (trouble instanceof Pauses pauses) {
        queue.add(next(0, pauses), pausing(pauses));
      } else if (trouble instanceof Stall stall) {
        queue.add(
            Micros.ofSeconds(stall.fromSecond()),
            now -> clock.stop(now, Micros.ofSeconds(stall.seconds())));
      } else if (trouble instanceof Outage outage && outage.restarts()) {
        queue.add(Micros.ofSeconds(outage.toSecond()), this::restart);
      }
    }
  }

  private Event pausing(Pauses pauses) {
    return new Event() {
      @Override
      public void happen(long now) {
        clock.stop(now, Micros.ofSeconds(pauses.millis() / 1000));
        queue.add(next(now, pauses), this);
      }
    };
  }

  private long next(long now, Pauses pauses) {
    double wait = pauses.everySeconds() * (pauses.periodic() ? 1 : draws.exponential());
    return now + Math.max(1, Micros.ofSeconds(wait));
  }

  private void restart(long now) {
    double second = Micros.toSeconds(now);
    startedAtSecond += second - bornAt;
    bornAt = second;
    servers.forEach(Server::restarts);
    memories.forEach(memory -> memory.startsAnew(second));
  }

  /** A second begins. */
  void begin() {
    memories.forEach(ProcessMemory::wander);
  }

  /**
   * What the process says of itself: all that is a state, and no counter.
   *
   * @param figures get it
   */
  void tell(double second, Map<String, Double> figures) {
    double memory = 0;
    double old = 0;
    double files = 0;
    double limit = 0;
    boolean jvm = false;
    for (int i = 0; i < servers.size(); i++) {
      Server server = servers.get(i);
      Footprint footprint = server.model().footprint();
      memory += memories.get(i).bytes(second, server.begun, server.created);
      old += memories.get(i).oldGeneration(second, server.begun, server.created);
      jvm |= footprint.memory().jvm();
      limit = Math.max(limit, footprint.memory().limitBytes());
      files += footprint.baseFiles() + footprint.filesPerCall() * server.begun + server.present();
    }
    figures.put("memory", Math.max(0, memory));
    if (jvm) {
      figures.put("old-generation", Math.max(0, old));
    }
    if (limit > 0) {
      figures.put("memory-limit", limit);
      figures.put("old-generation-limit", limit);
    }
    figures.put("open-files", (double) Math.round(files));
    figures.put("process-start", startedAtSecond);
  }

  /** Processor time since the process began, in core seconds. */
  double cpuSeconds(double second) {
    double sum = 0;
    for (Server server : servers) {
      Footprint footprint = server.model().footprint();
      sum += footprint.baseCores() * (second - bornAt);
      sum += footprint.cpuShare() * server.ownMicros / Micros.SECOND;
    }
    return sum;
  }
}
