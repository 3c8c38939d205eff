package com.soundcore.kcp.run;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The seconds of a planned run that count. Latency, and the rate that was sent, are judged in
 * steady seconds: those of a hold after it has settled. Ramps and warm-up do not count, since no
 * target covers them. Errors, dropped arrivals and stalls are judged in every second of a hold.
 */
public final class SteadyState {
  /** The phase of a second for which no phase was planned. */
  public static final int NO_PHASE = -1;

  // Gatling needs a moment before its first user starts. A first user later than this was planned
  // so.
  private static final int START_UP_MS = 1000;

  private final boolean[] steady;
  private final int[] phaseOf;

  /**
   * @param settleSeconds seconds at the start of each hold that are not steady
   */
  public SteadyState(List<Phase> phases, int settleSeconds) {
    int seconds = phases.isEmpty() ? 0 : phases.get(phases.size() - 1).endSecond();
    steady = new boolean[seconds];
    phaseOf = new int[seconds];
    Arrays.fill(phaseOf, NO_PHASE);
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      for (int second = phase.startSecond(); second < phase.endSecond(); second++) {
        phaseOf[second] = i;
        steady[second] = phase.hold() && second >= from(phase, settleSeconds);
      }
    }
  }

  /**
   * Returns the first steady second of a hold; its end if it is too short to have one.
   *
   * @param settleSeconds seconds at its start that are not steady
   */
  public static int from(Phase hold, int settleSeconds) {
    return Math.min(hold.startSecond() + settleSeconds, hold.endSecond());
  }

  /**
   * Returns the start of the load, in the log's time.
   *
   * @param firstUserMs start of the log's first user
   */
  public static int originMs(int firstUserMs) {
    return firstUserMs <= START_UP_MS ? Math.max(0, firstUserMs) : 0;
  }

  /** Converts a time of a log to a second of the load. */
  public static int secondOf(int atMs, int originMs) {
    return Math.max(0, (atMs - originMs) / 1000);
  }

  public int phaseOf(int second) {
    return second < phaseOf.length ? phaseOf[second] : NO_PHASE;
  }

  public boolean isSteady(int second) {
    return second < steady.length && steady[second];
  }

  /** Returns all steady seconds in order. */
  public List<Integer> seconds() {
    return IntStream.range(0, steady.length).filter(second -> steady[second]).boxed().toList();
  }
}
