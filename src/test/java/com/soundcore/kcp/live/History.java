package com.soundcore.kcp.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** All seconds so far, as the columns of the page's charts: a page that is reloaded needs them. */
final class History implements Consumer<LiveSnapshot> {
  private final List<List<Object>> rows = new ArrayList<>();

  @Override
  public synchronized void accept(LiveSnapshot tick) {
    rows.add(row(tick));
  }

  /** Second, planned and real rate, failures, users, p50, p95, p99; these are null where absent. */
  static List<Object> row(LiveSnapshot tick) {
    Figures now = tick.all().now();
    return Arrays.asList(
        tick.second(),
        tick.all().plannedRps(),
        tick.all().rps(),
        now.failed(),
        tick.users(),
        now.p50Ms(),
        now.p95Ms(),
        now.p99Ms());
  }

  synchronized List<List<Object>> rows() {
    return List.copyOf(rows);
  }
}
