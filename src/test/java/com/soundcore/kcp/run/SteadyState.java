package com.soundcore.kcp.run;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which seconds of a planned run count. Latency is judged in steady seconds: those of a hold, past
 * its settling, since ramps and warm-up are not what was promised; so is the rate that was sent.
 * Errors, dropped arrivals and stalls are judged in every second of a hold.
 */
public final class SteadyState {
  /** The phase of a second that no phase was planned for. */
  public static final int NO_PHASE = -1;

  // Gatling takes a moment from its start to the first user. A first user later than this was
  // planned so.
  private static final int START_UP_MS = 1000;

  private final boolean[] steady;
  private final int[] phaseOf;

  /**
   * @param settleSeconds at the beginning of each hold that do not count as steady
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
   * The first steady second of a hold; its end where it is too short to have one.
   *
   * @param settleSeconds at its beginning that do not count
   */
  public static int from(Phase hold, int settleSeconds) {
    return Math.min(hold.startSecond() + settleSeconds, hold.endSecond());
  }

  /**
   * When the load began, in the time of a log.
   *
   * @param firstUserMs when the log's first user set out
   */
  public static int originMs(int firstUserMs) {
    return firstUserMs <= START_UP_MS ? Math.max(0, firstUserMs) : 0;
  }

  /** A time of a log as a second of the load. */
  public static int secondOf(int atMs, int originMs) {
    return Math.max(0, (atMs - originMs) / 1000);
  }

  public int phaseOf(int second) {
    return second < phaseOf.length ? phaseOf[second] : NO_PHASE;
  }

  public boolean isSteady(int second) {
    return second < steady.length && steady[second];
  }

  /** All steady seconds, in order. */
  public List<Integer> seconds() {
    return IntStream.range(0, steady.length).filter(second -> steady[second]).boxed().toList();
  }
}
