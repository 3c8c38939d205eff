package com.soundcore.kcp.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.benchmark.Measurement.Look;
import com.soundcore.kcp.benchmark.Measurement.Slice;
import com.soundcore.kcp.run.ResourceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final double EXACTLY = 1e-9;

  /** Two services, a sample at the end of each second; the rate doubles after ten. */
  private static List<ResourceSample> samples() {
    List<ResourceSample> samples = new ArrayList<>();
    for (int second = 0; second < 20; second++) {
      double rate = second < 10 ? 100 : 200;
      samples.add(new ResourceSample(second + 1, "knowledge", Map.of("requests", rate)));
      samples.add(new ResourceSample(second + 1, "auth", Map.of("requests", rate / 10)));
    }
    return samples;
  }

  private static Look look(double second, long cpuMillis, double memory) {
    return new Look(second, Duration.ofMillis(cpuMillis), memory);
  }

  @Test
  void aSliceHasTheRequestsAndTheProcessorTimeBetweenItsTwoLooks() {
    List<Slice> slices =
        Measurement.slices(
            List.of(look(5, 1000, 200), look(10, 1055, 210), look(20, 1495, 230)), samples());

    assertThat(slices).hasSize(2);
    assertThat(slices.get(0).requests()).isCloseTo(550, within(EXACTLY));
    assertThat(slices.get(0).microsPerRequest()).isCloseTo(100, within(EXACTLY));
    assertThat(slices.get(0).memory()).isEqualTo(210);
    assertThat(slices.get(1).requests()).isCloseTo(2200, within(EXACTLY));
    assertThat(slices.get(1).microsPerRequest()).isCloseTo(200, within(EXACTLY));
  }

  @Test
  void theWholeIsAllItsSlicesByTheirRequests() {
    Measurement all =
        new Measurement(
            List.of(
                new Slice(10, 1000, Duration.ofMillis(100), 200),
                new Slice(10, 3000, Duration.ofMillis(100), 300)),
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

    assertThat(Measurement.lastCalls(ending, 10)).isEqualTo(20);
  }
}
