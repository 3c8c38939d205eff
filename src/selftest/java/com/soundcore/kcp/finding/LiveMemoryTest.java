package com.soundcore.kcp.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.ResourceSample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveMemoryTest {
  private static ResourceSample sample(int second, String service, double bytes, double started) {
    return new ResourceSample(
        second, service, Map.of("old-generation", bytes, "process-start", started, "cpu", 0.5));
  }

  private static List<Double> live(ResourceSample... samples) {
    return LiveMemory.in(List.of(samples)).stream()
        .map(sample -> sample.figures().get("old-generation"))
        .toList();
  }

  private static List<Double> of(double... bytes) {
    return live(
        IntStream.range(0, bytes.length)
            .mapToObj(i -> sample(i, "auth", bytes[i], 1))
            .toArray(ResourceSample[]::new));
  }

  @Test
  void whatACollectionTakesAwayWasNotAlive() {
    assertThat(of(10, 30, 50, 10, 30, 50, 10, 30))
        .containsExactly(10., 10., 10., 10., 10., 10., 10., 30.);
  }

  @Test
  void whatStaysIs() {
    assertThat(of(10, 30, 20, 40, 30, 50)).containsExactly(10., 20., 20., 30., 30., 50.);
  }

  @Test
  void theHeapOfANewProcessSaysNothingOfTheOldOne() {
    assertThat(
            live(
                sample(0, "auth", 50, 1),
                sample(0, "content", 7, 1),
                sample(1, "auth", 90, 1),
                sample(2, "auth", 5, 2)))
        .containsExactly(50., 7., 90., 5.);
  }

  @Test
  void otherFiguresStayAsTheyAre() {
    ResourceSample other = new ResourceSample(0, "auth", Map.of("memory", 9.0));
    assertThat(LiveMemory.in(Arrays.asList(other, sample(1, "auth", 4, 1))))
        .startsWith(other)
        .allSatisfy(one -> assertThat(one.figures()).hasSizeBetween(1, 3));
  }
}
