package com.soundcore.kcp.live;

import static com.soundcore.kcp.live.Ticks.calls;
import static com.soundcore.kcp.live.Ticks.flow;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private ConsoleLine line(int everySeconds) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new ConsoleLine(Ticks.PLAN, Duration.ofSeconds(everySeconds), stream);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLineSaysHowFarHowMuchHowFastAndWhoIsWorst() {
    Map<String, Flow> services =
        Map.of(
            "auth", flow(calls(9, 9, 0, 150L), Figures.NONE),
            "content", flow(calls(9, 9, 0, 300L), Figures.NONE));
    line(1).accept(Ticks.at(64, "hold 1200", 2500, services));
    assertThat(lines())
        .containsExactly(
            "kcp 1:05 of 2:00 · hold 1200 · 4,321 users · 1,201 of 1,234 req/s · p95 1,234 ms ·"
                + " errors 0.25 % · shed 2,500 · worst auth p95 150 of 200 ms");
  }

  @Test
  void whereNothingWasShedOrAnsweredTheLineIsShorter() {
    LiveSnapshot tick = Ticks.at(119, "", 0, Map.of("auth", flow(Figures.NONE, Figures.NONE)));
    line(1).accept(tick);
    assertThat(lines())
        .containsExactly(
            "kcp 2:00 of 2:00 · ending · 4,321 users · 1,201 of 1,234 req/s · p95 1,234 ms ·"
                + " errors 0.25 %");
  }

  @Test
  void aLineComesEverySoManySecondsAndOneThatWasMissedComesLate() {
    ConsoleLine line = line(10);
    for (int second : List.of(0, 8, 9, 10, 18, 21, 28, 31)) {
      line.accept(Ticks.at(second, "hold", 0, Map.of()));
    }
    assertThat(lines())
        .extracting(text -> text.substring(0, 8))
        .containsExactly("kcp 0:10", "kcp 0:22", "kcp 0:32");
  }

  @Test
  void withoutAnIntervalThereIsNoLine() {
    line(0).accept(Ticks.at(64, "hold", 0, Map.of()));
    assertThat(lines()).isEmpty();
  }
}
