package com.soundcore.kcp.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.services.Journey;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TrafficMixTest {
  private static TrafficMix mix(String workload, Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(overrides);
    KcpConfig config = ConfigLoader.load(properties);
    return TrafficMix.of(config, config.workloads().get(workload));
  }

  @Test
  void theRequestsOfTheMixedWorkloadFallAsTheTargetsSay() {
    TrafficMix mix = mix("mixed", Map.of());
    double all = mix.requestsPerIteration();
    for (TrafficMix.Part part : mix.parts()) {
      double share = part.startsPerIteration() * part.requestsPerStart() / all;
      double target = part.service().target().requestsPerSec() / 10_000;
      assertThat(share).as(part.service().name()).isCloseTo(target, within(1e-12));
    }
    assertThat(mix.parts().stream().mapToDouble(TrafficMix.Part::startsPerIteration).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void costlyCallsAreLeftOutUnlessTheyAreAskedFor() {
    assertThat(operationsOf(mix("mixed", Map.of()), "content"))
        .containsOnlyKeys("history", "templates");
    assertThat(operationsOf(mix("mixed", Map.of("kcp.include-costly", "true")), "content"))
        .containsKey("generate");
  }

  private static Map<String, Integer> operationsOf(TrafficMix mix, String service) {
    return mix.parts().stream()
        .filter(part -> part.service().name().equals(service))
        .flatMap(part -> part.journeys().stream())
        .flatMap(weighted -> weighted.journey().steps().stream())
        .filter(Journey.OneOf.class::isInstance)
        .map(step -> ((Journey.OneOf) step).weights())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTourCallsEverythingInOneIteration() {
    TrafficMix tour = mix("tour", Map.of());
    assertThat(tour.parts()).hasSize(5);
    assertThat(tour.requestsPerIteration()).isEqualTo(8 + 2 + 2 + 4 + 4);
  }

  @Test
  void aWorkloadWithNothingForTheSelectedServicesIsRefused() {
    assertThatThrownBy(() -> mix("read-heavy", Map.of("kcp.services", "auth")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "kcp.workload 'read-heavy' has no call for the selected services (auth); it covers"
                + " knowledge");
  }
}
