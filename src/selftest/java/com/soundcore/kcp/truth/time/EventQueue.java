package com.soundcore.kcp.truth.time;

import java.util.Arrays;

/**
 * What is still to happen, as a binary heap. Events of the same moment happen in the order in which
 * they were added, so that the same seed gives the same run.
 */
public final class EventQueue {
  // A key is the moment in its upper bits (19 hours of microseconds) and a serial number below.
  private static final int SERIAL_BITS = 27;
  private static final long SERIAL_MASK = (1L << SERIAL_BITS) - 1;

  private long[] keys = new long[1024];
  private Event[] events = new Event[1024];
  private int size;
  private long serial;
  private long now;

  /** The present moment, in microseconds since the load began. */
  public long now() {
    return now;
  }

  /** Lets an event happen later, or at this very moment. */
  public void add(long atMicros, Event event) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      events = Arrays.copyOf(events, size * 2);
    }
    up(size++, atMicros << SERIAL_BITS | serial++ & SERIAL_MASK, event);
  }

  /**
   * Lets the next event happen.
   *
   * @return false where there is none
   */
  public boolean step() {
    if (size == 0) {
      return false;
    }
    Event next = events[0];
    now = keys[0] >>> SERIAL_BITS;
    size--;
    long key = keys[size];
    Event last = events[size];
    events[size] = null;
    if (size > 0) {
      down(key, last);
    }
    next.happen(now);
    return true;
  }

  private void up(int from, long key, Event event) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (keys[parent] <= key) {
        break;
      }
      keys[at] = keys[parent];
      events[at] = events[parent];
      at = parent;
    }
    keys[at] = key;
    events[at] = event;
  }

  private void down(long key, Event event) {
    int at = 0;
    int half = size >>> 1;
    while (at < half) {
      int child = 2 * at + 1;
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (key <= keys[child]) {
        break;
      }
      keys[at] = keys[child];
      events[at] = events[child];
      at = child;
    }
    keys[at] = key;
    events[at] = event;
  }
}
