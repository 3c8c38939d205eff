package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.run.GeneratorSample;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleLineTest {
  private static final LivePlan PLAN =
      new LivePlan(
          "load",
          "local",
          "mixed",
          "open",
          "kcp-load-1",
          0,
          1,
          false,
          List.of(),
          List.of(),
          Map.of(
              "auth", new LivePlan.Target(200, 0.001),
              "support", new LivePlan.Target(1000, 0.001)),
          Map.of());

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private static Flow flow(Long p95Ms, long failed) {
    return new Flow(
        1500.4,
        1499.6,
        0,
        new Figures(10, 10, 0, p95Ms, p95Ms, p95Ms),
        new Figures(800, 800, failed, p95Ms, p95Ms, p95Ms));
  }

  private static LiveSnapshot tick(int second, String phase, long shed, Flow all, Flow auth) {
    return new LiveSnapshot(
        second,
        125,
        phase,
        1234,
        0,
        5,
        shed,
        all,
        Map.of("auth", auth, "support", flow(300L, 0)),
        Map.of(),
        new GeneratorSample(second, 0, 0, 0, 0, 0, 0),
        Map.of(),
        List.of(),
        List.of());
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLineHasTheFiguresOfAllAndTheServiceThatIsNearestToItsTarget() {
    ConsoleLine line = new ConsoleLine(PLAN, Duration.ofSeconds(1), out);
    line.accept(tick(64, "hold 1500", 0, flow(1300L, 0), flow(150L, 0)));
    line.accept(tick(65, "hold 1500", 1000, flow(1300L, 2), flow(50L, 0)));
    assertThat(lines())
        .containsExactly(
            "kcp 1:05 of 2:05 · hold 1500 · 1,234 users · 1,500 of 1,500 req/s · p95 1,300 ms ·"
                + " errors 0 · worst auth p95 150 of 200 ms",
            "kcp 1:06 of 2:05 · hold 1500 · 1,234 users · 1,500 of 1,500 req/s · p95 1,300 ms ·"
                + " errors 0.25 % · shed 1,000 · worst support p95 300 of 1,000 ms");
  }

  @Test
  void aSecondWithoutAnswersHasNoPercentile() {
    new ConsoleLine(PLAN, Duration.ofSeconds(1), out)
        .accept(tick(124, "", 0, flow(null, 0), flow(null, 0)));
    assertThat(lines())
        .containsExactly(
            "kcp 2:05 of 2:05 · ending · 1,234 users · 1,500 of 1,500 req/s · p95 – · errors 0 ·"
                + " worst support p95 300 of 1,000 ms");
  }

  @Test
  void thereIsALineEachSoManySecondsThoughOneIsLost() {
    ConsoleLine line = new ConsoleLine(PLAN, Duration.ofSeconds(5), out);
    for (int second : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 14, 15, 16}) {
      line.accept(tick(second, "hold", 0, flow(1L, 0), flow(1L, 0)));
    }
    assertThat(lines())
        .extracting(text -> text.substring(0, 8))
        .containsExactly("kcp 0:05", "kcp 0:11", "kcp 0:16");
  }

  @Test
  void zeroIsNoLineAtAll() {
    ConsoleLine line = new ConsoleLine(PLAN, Duration.ZERO, out);
    line.accept(tick(4, "hold", 0, flow(1L, 0), flow(1L, 0)));
    assertThat(printed.size()).isZero();
  }
}
