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
    private long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MS);
    private double late;
    private double longest;

    @Override
    public void run() {
      long now = System.nanoTime();
      beat((now - due) / 1e6);
      due = now + TimeUnit.MILLISECONDS.toNanos(BEAT_MS);
    }

    private synchronized void beat(double lateMs) {
      longest = Math.max(longest, lateMs);
      late += lateMs >= SMALLEST_MS ? lateMs : 0;
    }

    synchronized Lateness takeLateness() {
      Lateness taken = new Lateness(longest, late);
      longest = 0;
      late = 0;
      return taken;
    }
  }

  /**
   * Of one loop, over a second.
   *
   * @param longestMs its latest beat
   * @param lateMs all late beats together
   */
  record Lateness(double longestMs, double lateMs) {
    static final Lateness NONE = new Lateness(0, 0);

    /** Whichever was late for longer. */
    Lateness worse(Lateness other) {
      return other.lateMs > lateMs || other.lateMs == lateMs && other.longestMs > longestMs
          ? other
          : this;
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

  /** The latest of all loops since the last time this was asked. */
  Lateness worstThenReset() {
    Lateness worst = Lateness.NONE;
    for (Heart heart : hearts.values()) {
      worst = worst.worse(heart.takeLateness());
    }
    return worst;
  }
}
