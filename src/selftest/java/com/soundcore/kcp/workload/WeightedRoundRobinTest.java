package com.soundcore.kcp.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedRoundRobinTest {
  @Test
  void everyHundredDrawsHoldTheMixExactly() {
    WeightedRoundRobin<String> rotation =
        new WeightedRoundRobin<>(List.of("a", "b", "c"), List.of(50.0, 30.0, 20.0));
    for (int hundred = 0; hundred < 10; hundred++) {
      Map<String, Long> counts =
          IntStream.range(0, 100)
              .mapToObj(i -> rotation.next())
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      assertThat(counts).isEqualTo(Map.of("a", 50L, "b", 30L, "c", 20L));
    }
  }

  @Test
  void choicesAreInterleavedAndNotInBlocks() {
    WeightedRoundRobin<String> rotation =
        new WeightedRoundRobin<>(List.of("a", "b"), List.of(3.0, 1.0));
    String draws =
        IntStream.range(0, 8).mapToObj(i -> rotation.next()).collect(Collectors.joining());
    assertThat(draws).isEqualTo("aabaaaba");
  }
}
