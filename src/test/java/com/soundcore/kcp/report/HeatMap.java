package com.soundcore.kcp.report;

import com.soundcore.kcp.result.Timeline;
import java.util.ArrayList;
import java.util.List;

/**
 * The distribution of response times over time. Percentiles hide a second mode, such as a cache
 * that misses now and then; a heat map shows it as a separate stripe.
 *
 * @param step seconds per cell
 * @param cells number of calls by time, then by class of response time ({@link Timeline#CLASSES})
 */
record HeatMap(int step, List<int[]> cells) {
  private static final int MOST_CELLS = 240;

  /**
   * @param length of the run in seconds
   */
  static HeatMap of(Timeline timeline, int length) {
    int step = Math.max(1, (length + MOST_CELLS - 1) / MOST_CELLS);
    List<int[]> cells = new ArrayList<>();
    for (int second = 0; second < length; second++) {
      if (second % step == 0) {
        cells.add(new int[Timeline.CLASSES]);
      }
      int[] cell = cells.get(second / step);
      int[] classes = timeline.classes(second);
      for (int i = 0; i < classes.length; i++) {
        cell[i] += classes[i];
      }
    }
    return new HeatMap(step, cells);
  }
}
