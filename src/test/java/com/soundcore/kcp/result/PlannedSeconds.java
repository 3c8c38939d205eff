package com.soundcore.kcp.result;

import com.soundcore.kcp.result.RunFacts.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The seconds of a planned run. A second is steady when it lies in a hold, past its settling and
 * before its end: ramps and warm-up are not what was promised.
 */
public final class PlannedSeconds {
  /** The phase of a second that no phase was planned for. */
  static final int NO_PHASE = -1;

  // Gatling takes a moment from its start to the first user. A first user later than this was
  // planned so.
  private static final int START_UP_MS = 1000;

  private final boolean[] steady;
  private final int[] phaseOf;
  private int originMs = -1;

  /**
   * @param settleSeconds at the beginning of each hold that do not count as steady
   */
  public PlannedSeconds(List<Phase> phases, int settleSeconds) {
    int seconds = phases.isEmpty() ? 0 : phases.get(phases.size() - 1).endSecond();
    steady = new boolean[seconds];
    phaseOf = new int[seconds];
    Arrays.fill(phaseOf, NO_PHASE);
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      for (int second = phase.startSecond(); second < phase.endSecond(); second++) {
        phaseOf[second] = i;
        steady[second] =
            phase.hold()
                && second >= phase.startSecond() + settleSeconds
                && second < phase.endSecond() - 1;
      }
    }
  }

  /** A time of the log as a second of the load; the first time asked for is the load's start. */
  int secondOf(int atMs) {
    if (originMs < 0) {
      originMs = atMs <= START_UP_MS ? atMs : 0;
    }
    return Math.max(0, (atMs - originMs) / 1000);
  }

  /** When the load began, in the time of the log. */
  int originMs() {
    return Math.max(0, originMs);
  }

  int phaseOf(int second) {
    return second < phaseOf.length ? phaseOf[second] : NO_PHASE;
  }

  public boolean isSteady(int second) {
    return second < steady.length && steady[second];
  }

  List<Integer> steady() {
    return IntStream.range(0, steady.length).filter(second -> steady[second]).boxed().toList();
  }
}
