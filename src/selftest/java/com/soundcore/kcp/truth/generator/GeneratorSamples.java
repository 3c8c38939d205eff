package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.List;

/**
 * What the generator would have seen of itself: a thread that naps for 5 ms at a time, and notes
 * how late it wakes up. After a long standstill the seconds within it are missing.
 */
public final class GeneratorSamples {
  private static final double NAP_MS = 5;
  // As in GeneratorWatch: a shorter one is not counted as waiting.
  private static final double SMALLEST_PAUSE_MS = 20;
  private static final long OPEN_FILES = 200;

  private final GeneratorModel model;
  private final Standstills standstills;
  private final Draws draws;

  public GeneratorSamples(GeneratorModel model, Standstills standstills, Draws draws) {
    this.model = model;
    this.standstills = standstills;
    this.draws = draws;
  }

  /** A sample a second, until the load has ended. */
  public List<GeneratorSample> until(long endMicros) {
    List<GeneratorSample> samples = new ArrayList<>();
    int pause = 0;
    int second = 0;
    while ((long) (second + 1) * Micros.SECOND <= endMicros) {
      long end = (second + 1) * Micros.SECOND;
      double longest = 0.2 + 0.5 * draws.exponential();
      double paused = 0;
      long woke = end;
      for (; pause < standstills.count() && standstills.from(pause) < end; pause++) {
        long length = standstills.to(pause) - standstills.from(pause);
        double late = (double) length / Micros.MILLI - NAP_MS * draws.uniform();
        longest = Math.max(longest, late);
        paused += late > SMALLEST_PAUSE_MS ? late : 0;
        woke = Math.max(woke, standstills.to(pause));
      }
      double cpu = Math.max(0, model.processCpu() * (1 + 0.05 * draws.normal()));
      double machine = Math.min(1, cpu * 1.2 + 0.1);
      samples.add(new GeneratorSample(second, cpu, machine, longest, paused, 0, OPEN_FILES));
      second = (int) Math.max(second + 1L, woke / Micros.SECOND);
    }
    return samples;
  }
}
