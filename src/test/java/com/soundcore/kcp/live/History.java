package com.soundcore.kcp.live;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.run.LatencyLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All seconds so far, for the page's charts. A reloaded page needs them. */
final class History implements Consumer<LiveSnapshot> {
  /**
   * A second.
   *
   * @param services all together, then each: planned and actual rate, failures, p50, p95, p99; null
   *     if absent
   */
  record Row(int second, Map<String, List<Object>> services) {
    static Row of(LiveSnapshot tick) {
      Map<String, List<Object>> services = new LinkedHashMap<>();
      services.put(LatencyLimits.ALL, columns(tick.all()));
      tick.services().forEach((name, flow) -> services.put(name, columns(flow)));
      return new Row(tick.second(), services);
    }

    private static List<Object> columns(Flow flow) {
      Figures now = flow.now();
      return Arrays.asList(
          flow.plannedRps(), flow.rps(), now.failed(), now.p50Ms(), now.p95Ms(), now.p99Ms());
    }
  }

  /**
   * Largest number of rows, more than a chart has pixels. Beyond it, only every second, fourth, …
   * second is kept.
   */
  static final int MOST = 3600;

  private final List<Row> rows = new ArrayList<>();
  private int step = 1;

  @Override
  public synchronized void accept(LiveSnapshot tick) {
    if (tick.second() % step == 0) {
      rows.add(Row.of(tick));
    }
    if (rows.size() > MOST) {
      step *= 2;
      rows.removeIf(row -> row.second() % step != 0);
    }
  }

  synchronized List<Row> rows() {
    return List.copyOf(rows);
  }
}
