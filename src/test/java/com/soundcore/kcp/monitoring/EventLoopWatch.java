package com.soundcore.kcp.monitoring;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How late each of Gatling's event loops is. A virtual user lives on one of them: where it is late,
 * its calls go out late, and its answers are seen late. One full loop is a full generator, however
 * many idle cores there are beside it.
 */
public final class EventLoopWatch {
  private static final long BEAT_MS = 20;
  // Below this a late beat is the timer's own, or the work of a moment.
  private static final double SMALLEST_MS = 20;

  /** A beat on one loop, on its own thread. */
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

    /** How late the beat is that comes next. */
    private double overdue() {
      double millis = (System.nanoTime() - due) / 1e6;
      return millis >= SMALLEST_MS ? millis : 0;
    }

    /** A loop that has not come back yet is late, too: what it has of that is counted now. */
    synchronized double takeLateness() {
      double waiting = overdue();
      double taken = late + Math.max(0, waiting - counted);
      late = 0;
      counted = waiting;
      return taken;
    }
  }

  private final Map<EventLoop, Heart> hearts = new ConcurrentHashMap<>();

  /** A virtual user is on this loop. */
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

  /** Milliseconds that the latest of all loops was late, since the last time this was asked. */
  double worstThenReset() {
    return hearts.values().stream().mapToDouble(Heart::takeLateness).max().orElse(0);
  }
}
