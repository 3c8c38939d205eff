package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;
import com.soundcore.kcp.truth.time.Micros;
import java.util.Collection;

/** Lets every second begin for the system. */
final class SystemClock implements Event {
  private final EventQueue queue;
  private final Collection<Server> servers;
  private final Collection<SystemProcess> processes;
  private int second;

  SystemClock(EventQueue queue, Collection<Server> servers, Collection<SystemProcess> processes) {
    this.queue = queue;
    this.servers = servers;
    this.processes = processes;
  }

  void begin() {
    queue.add(0, this);
  }

  @Override
  public void happen(long now) {
    servers.forEach(server -> server.begin(second, now));
    processes.forEach(SystemProcess::begin);
    second++;
    queue.add(second * Micros.SECOND, this);
  }
}
