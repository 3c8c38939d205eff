package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.live.calls.ProcessTimes;
import com.soundcore.kcp.run.ResourceSample;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThroughputSamplesTest {
  private final ProcessTimes times = new ProcessTimes();
  private final ThroughputSamples samples = new ThroughputSamples(times);

  private void see(int second, long auth, long content) {
    samples.accept(
        TickFixture.at(second, "hold", 0, Map.of("auth", bytes(auth), "content", bytes(content))));
  }

  private static Flow bytes(long perSecond) {
    return new Flow(0, 0, perSecond, Figures.NONE, Figures.NONE);
  }

  @Test
  void aSampleIsTheMeanOfItsSecondsWithTheTimeInsideWhereAServiceSaysSo() {
    samples.every(Duration.ofSeconds(2));
    times.add("auth", 4);
    times.add("auth", 8);
    see(0, 100, 10);
    assertThat(samples.samples()).isEmpty();
    see(1, 300, 20);
    see(2, 70, 70);
    see(3, 70, 70);
    assertThat(samples.samples())
        .containsExactly(
            new ResourceSample(2, "auth", Map.of("received", 200.0, "inside-ms", 6.0)),
            new ResourceSample(2, "content", Map.of("received", 15.0)),
            new ResourceSample(4, "auth", Map.of("received", 70.0)),
            new ResourceSample(4, "content", Map.of("received", 70.0)));
  }

  @Test
  void theLatestTimeInsideStandsBesideTheOtherFigures() {
    times.add("auth", 6);
    see(0, 1, 1);
    assertThat(samples.withInside(Map.of("auth", Map.of("cpu", 0.5), "content", Map.of())))
        .isEqualTo(Map.of("auth", Map.of("cpu", 0.5, "inside-ms", 6.0), "content", Map.of()));
    assertThat(samples.withInside(Map.of())).isEqualTo(Map.of("auth", Map.of("inside-ms", 6.0)));
  }

  @Test
  void withoutAnIntervalNothingIsSampledAndNoHeaderIsRead() {
    assertThat(times.wants("auth")).isTrue();
    samples.every(Duration.ZERO);
    see(0, 1, 1);
    assertThat(samples.samples()).isEmpty();
    assertThat(times.wants("auth")).isFalse();
  }
}
