package com.soundcore.kcp.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.benchmark.Measurement.Look;
import com.soundcore.kcp.benchmark.Measurement.Part;
import com.soundcore.kcp.result.ResourceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final double EXACTLY = 1e-9;

  /** Two services, a sample a second; the rate doubles in second 10. */
  private static List<ResourceSample> samples() {
    List<ResourceSample> samples = new ArrayList<>();
    for (int second = 0; second < 20; second++) {
      double rate = second < 10 ? 100 : 200;
      samples.add(new ResourceSample(second + 0.5, "knowledge", Map.of("requests", rate)));
      samples.add(new ResourceSample(second + 0.5, "auth", Map.of("requests", rate / 10)));
    }
    return samples;
  }

  private static Look look(double second, long cpuMillis, double memory) {
    return new Look(second, Duration.ofMillis(cpuMillis), memory);
  }

  @Test
  void aPartHasTheRequestsAndTheProcessorTimeBetweenItsTwoLooks() {
    List<Part> parts =
        Measurement.parts(
            List.of(look(5, 1000, 200), look(10, 1055, 210), look(20, 1275, 230)), samples());

    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).requests()).isCloseTo(550, within(EXACTLY));
    assertThat(parts.get(0).microsPerRequest()).isCloseTo(100, within(EXACTLY));
    assertThat(parts.get(0).memory()).isEqualTo(210);
    assertThat(parts.get(1).requests()).isCloseTo(2200, within(EXACTLY));
    assertThat(parts.get(1).microsPerRequest()).isCloseTo(100, within(EXACTLY));
  }

  @Test
  void theWholeIsAllItsPartsByTheirRequests() {
    Measurement all =
        new Measurement(
            List.of(
                new Part(10, 1000, Duration.ofMillis(100), 200),
                new Part(10, 3000, Duration.ofMillis(100), 300)),
            Contender.Latency.UNKNOWN,
            5,
            2,
            "");

    assertThat(all.microsPerRequest()).isCloseTo(50, within(EXACTLY));
    assertThat(all.rate()).isCloseTo(200, within(EXACTLY));
    assertThat(all.memory()).isEqualTo(300);
  }

  @Test
  void theLastCallsAreThoseOfTheLoadAndNotOfWhoWatches() {
    List<ResourceSample> ending = samples();
    ending.add(new ResourceSample(25, "knowledge", Map.of("requests", 1.0)));

    assertThat(Measurement.lastCalls(ending, 10)).isEqualTo(19.5);
  }
}
