package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.model.GeneratorModel.Standstill;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The times in which the generator stands still, in order and apart from each other. */
public final class Standstills {
  private static final long PERIOD = 100 * Micros.MILLI;

  private final long[] from;
  private final long[] to;

  /**
   * @param seconds the longest that a run may take
   */
  public Standstills(GeneratorModel model, double seconds) {
    List<long[]> all = new ArrayList<>();
    for (Standstill pause : model.pauses()) {
      long start = Micros.ofSeconds(pause.fromSecond());
      all.add(new long[] {start, start + Micros.ofSeconds(pause.millis() / 1000)});
    }
    if (model.runs() < 1) {
      long runs = Math.round(PERIOD * model.runs());
      for (long start = 0; start < Micros.ofSeconds(seconds); start += PERIOD) {
        all.add(new long[] {start + runs, start + PERIOD});
      }
    }
    all.sort(Comparator.comparingLong(pause -> pause[0]));
    List<long[]> apart = new ArrayList<>();
    for (long[] pause : all) {
      long[] last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
      if (last != null && pause[0] <= last[1]) {
        last[1] = Math.max(last[1], pause[1]);
      } else {
        apart.add(pause);
      }
    }
    from = apart.stream().mapToLong(pause -> pause[0]).toArray();
    to = apart.stream().mapToLong(pause -> pause[1]).toArray();
  }

  int count() {
    return from.length;
  }

  long from(int number) {
    return from[number];
  }

  long to(int number) {
    return to[number];
  }

  /** The first moment from then on at which the generator runs. */
  public long awake(long at) {
    if (from.length == 0) {
      return at;
    }
    int found = Arrays.binarySearch(from, at);
    int last = found >= 0 ? found : -found - 2;
    return last >= 0 && at < to[last] ? to[last] : at;
  }
}
