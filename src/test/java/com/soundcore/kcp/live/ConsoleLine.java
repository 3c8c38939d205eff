package com.soundcore.kcp.live;

import static com.soundcore.kcp.config.Units.clock;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Progress line on the console every few seconds: time, load, response times, and the service
 * closest to its limit.
 */
final class ConsoleLine implements Consumer<LiveSnapshot> {
  private final LivePlan plan;
  private final long everySeconds;
  private final PrintStream out;
  private long next;

  /**
   * @param every zero for no line
   */
  ConsoleLine(LivePlan plan, Duration every, PrintStream out) {
    this.plan = plan;
    this.everySeconds = every.toSeconds();
    this.out = out;
    this.next = everySeconds;
  }

  @Override
  public void accept(LiveSnapshot tick) {
    if (everySeconds > 0 && tick.second() + 1 >= next) {
      next = tick.second() + 1 + everySeconds;
      out.println(line(tick));
    }
  }

  private String line(LiveSnapshot tick) {
    Figures now = tick.all().now();
    Figures soFar = tick.all().soFar();
    return String.format(
        Locale.ROOT,
        "kcp %s of %s · %s · %,d users · %,.0f of %,.0f req/s · p95 %s · errors %s%s%s",
        clock(tick.second() + 1),
        clock(tick.ofSeconds()),
        tick.phase().isEmpty() ? "ending" : tick.phase(),
        tick.users(),
        tick.all().rps(),
        tick.all().plannedRps(),
        millis(now.p95Ms()),
        percent(soFar.failed(), soFar.answered()),
        tick.shed() == 0 ? "" : String.format(Locale.ROOT, " · shed %,d", tick.shed()),
        worst(tick));
  }

  /** Describes the service with the highest p95 relative to its target. */
  private String worst(LiveSnapshot tick) {
    String worst = "";
    double most = -1;
    for (Map.Entry<String, Flow> entry : tick.services().entrySet()) {
      Long p95 = entry.getValue().now().p95Ms();
      double share = p95 == null ? -1 : (double) p95 / plan.targets().get(entry.getKey()).p95Ms();
      if (share > most) {
        most = share;
        worst =
            String.format(
                Locale.ROOT,
                " · worst %s p95 %,d of %,d ms",
                entry.getKey(),
                p95,
                plan.targets().get(entry.getKey()).p95Ms());
      }
    }
    return worst;
  }

  private static String millis(Long value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%,d ms", value);
  }

  private static String percent(long part, long whole) {
    return part == 0 ? "0" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
  }
}
