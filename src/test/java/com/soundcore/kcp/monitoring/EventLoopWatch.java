package com.soundcore.kcp.monitoring;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Delay of Gatling's event loops. A virtual user lives on one loop: a late loop delays its requests
 * and the timestamps of its responses. One saturated loop saturates the generator, even if other
 * cores are idle.
 */
public final class EventLoopWatch {
  private static final long BEAT_MS = 20;
  // Shorter delays come from timer resolution or a brief task.
  private static final double SMALLEST_MS = 20;

  /** A periodic task on one loop's thread. */
  private static final class Heart implements Runnable {
    private long due = next();
    private double late;
    private double counted;

    private static long next() {
      return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MS);
    }

    @Override
    public synchronized void run() {
      late += Math.max(0, overdue() - counted);
      counted = 0;
      due = next();
    }

    private double overdue() {
      double millis = (System.nanoTime() - due) / 1e6;
      return millis >= SMALLEST_MS ? millis : 0;
    }

    /** A loop that is still blocked is also late. Its delay so far counts now. */
    synchronized double takeLateness() {
      double waiting = overdue();
      double taken = late + Math.max(0, waiting - counted);
      late = 0;
      counted = waiting;
      return taken;
    }
  }

  private final Map<EventLoop, Heart> hearts = new ConcurrentHashMap<>();

  /** Registers the loop of a virtual user. Repeated calls have no effect. */
  public void seen(EventLoop loop) {
    if (!hearts.containsKey(loop)) {
      hearts.computeIfAbsent(loop, EventLoopWatch::beating);
    }
  }

  private static Heart beating(EventLoop loop) {
    Heart heart = new Heart();
    loop.scheduleWithFixedDelay(heart, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
    return heart;
  }

  /** Returns the largest total delay of any loop since the last call, in ms. */
  double worstThenReset() {
    return hearts.values().stream().mapToDouble(Heart::takeLateness).max().orElse(0);
  }
}
