package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;
import com.soundcore.kcp.truth.time.Micros;

/** The calls in the order in which they were sent: the first to be sent is the first to be late. */
final class Timeouts implements Event {
  private final EventQueue queue;
  private final Client client;
  private final long micros;
  private SimulatedCall[] calls = new SimulatedCall[1024];
  private int[] serials = new int[1024];
  private long[] deadlines = new long[1024];
  private int head;
  private int size;
  private boolean set;

  Timeouts(EventQueue queue, Client client, int millis) {
    this.queue = queue;
    this.client = client;
    this.micros = millis * Micros.MILLI;
  }

  /** A call is sent. */
  void watch(SimulatedCall call, long now) {
    if (size == calls.length) {
      grow();
    }
    int tail = head + size++ & calls.length - 1;
    calls[tail] = call;
    serials[tail] = call.serial;
    deadlines[tail] = now + micros;
    if (!set) {
      set = true;
      queue.add(client.awake(deadlines[head]), this);
    }
  }

  @Override
  public void happen(long now) {
    while (size > 0 && (isDone() || deadlines[head] <= now)) {
      SimulatedCall call = calls[head];
      boolean late = !isDone();
      calls[head] = null;
      head = head + 1 & calls.length - 1;
      size--;
      if (late) {
        client.timedOut(call, now);
      }
    }
    set = size > 0;
    if (set) {
      queue.add(client.awake(deadlines[head]), this);
    }
  }

  private boolean isDone() {
    return calls[head].serial != serials[head];
  }

  private void grow() {
    int more = calls.length * 2;
    SimulatedCall[] moreCalls = new SimulatedCall[more];
    int[] moreSerials = new int[more];
    long[] moreDeadlines = new long[more];
    unwind(calls, moreCalls);
    unwind(serials, moreSerials);
    unwind(deadlines, moreDeadlines);
    calls = moreCalls;
    serials = moreSerials;
    deadlines = moreDeadlines;
    head = 0;
  }

  /** Lays the ring out as a line, its head first. */
  private void unwind(Object ring, Object line) {
    int first = calls.length - head;
    System.arraycopy(ring, head, line, 0, first);
    System.arraycopy(ring, 0, line, first, head);
  }
}
