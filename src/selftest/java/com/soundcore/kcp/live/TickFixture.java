package com.soundcore.kcp.live;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.run.GeneratorSample;
import java.util.List;
import java.util.Map;

/** Seconds of a run, written to order. */
final class TickFixture {
  static final LivePlan PLAN =
      new LivePlan(
          "load",
          "staging",
          "mixed",
          "open",
          "kcp-load-1",
          0,
          1,
          false,
          List.of(),
          List.of(),
          Map.of(
              "auth", new LivePlan.Target(200, 0.0001), "content", new LivePlan.Target(500, 0.001)),
          Map.of());

  private TickFixture() {}

  /** Calls whose times are all the same; none for no time. */
  static Figures calls(long sent, long answered, long failed, Long millis) {
    return new Figures(sent, answered, failed, millis, millis, millis);
  }

  static Flow flow(Figures now, Figures soFar) {
    return new Flow(50, now.sent(), 1000, now, soFar);
  }

  /** One of a load of 120 s. */
  static LiveSnapshot at(int second, String phase, long shed, Map<String, Flow> services) {
    Flow all = new Flow(1234.4, 1200.6, 0, calls(1200, 1200, 3, 1234L), calls(9000, 8000, 20, 90L));
    return new LiveSnapshot(
        second,
        120,
        phase,
        4321,
        0,
        17,
        shed,
        all,
        services,
        Map.of(),
        new GeneratorSample(second, 0.25, 0.5, 40, 0, 0, 99),
        Map.of("auth", Map.of("memory", 5e6)),
        List.of(),
        List.of());
  }
}
