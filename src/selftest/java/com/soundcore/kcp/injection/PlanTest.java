package com.soundcore.kcp.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static KcpConfig config(Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(overrides);
    return ConfigLoader.load(properties);
  }

  private static Plan plan(String test, Map<String, String> overrides) {
    KcpConfig config = config(overrides);
    TestShape shape = config.tests().get(test);
    return new Plan(config, shape, TrafficMix.of(config, config.workloadOf(shape)));
  }

  @ParameterizedTest
  @CsvSource({
    // test, seconds in all, second: users in it
    "smoke, 60, 0, 10",
    "smoke, 60, 59, 10",
    "smoke, 60, 60, 0",
    "load, 960, 0, 1",
    "load, 960, 59, 50",
    "load, 960, 119, 100",
    "load, 960, 419, 100",
    "load, 960, 479, 150",
    "load, 960, 600, 200",
    "load, 960, 899, 100",
    "load, 960, 959, 0",
    "stress, 2280, 119, 100",
    "stress, 2280, 1679, 400",
    "stress, 2280, 1979, 200",
    "stress, 2280, 2279, 0",
    "spike, 460, 9, 100",
    "spike, 460, 74, 550",
    "spike, 460, 79, 1000",
    "spike, 460, 259, 1000",
    "spike, 460, 269, 100",
    "spike, 460, 459, 0",
  })
  void usersOfEachShippedClosedTest(String test, long seconds, long second, long users) {
    Plan plan = plan(test, Map.of());
    assertThat(plan.model()).isEqualTo(Model.CLOSED);
    assertThat(plan.durationSeconds()).isEqualTo(seconds);
    assertThat(plan.usersAt(second, Share.WHOLE)).isEqualTo(users);
  }

  @ParameterizedTest
  @CsvSource({
    // test, seconds in all, second: requests per second of all services and of knowledge, requests
    // in all
    "qps10k, 345, 0, 0, 0, 3225000",
    "qps10k, 345, 22.5, 5000, 2500, 3225000",
    "qps10k, 345, 45, 10000, 5000, 3225000",
    "qps10k, 345, 344.9, 10000, 5000, 3225000",
    "qps10k, 345, 345, 0, 0, 3225000",
    "soak, 3660, 30, 1000, 500, 7260000",
    "soak, 3660, 3000, 2000, 1000, 7260000",
    "breakpoint, 500, 2.5, 500, 250, 5200000",
    "breakpoint, 500, 10, 1000, 500, 5200000",
    "breakpoint, 500, 499, 20000, 10000, 5200000",
  })
  void ratesOfEachShippedOpenTest(
      String test, long seconds, double second, double all, double knowledge, double requests) {
    Plan plan = plan(test, Map.of());
    assertThat(plan.model()).isEqualTo(Model.OPEN);
    assertThat(plan.durationSeconds()).isEqualTo(seconds);
    assertThat(plan.requestsPerSecAt(second)).isCloseTo(all, within(1e-6));
    assertThat(plan.requestsPerSecAt(second, "knowledge")).isCloseTo(knowledge, within(1e-6));
    // Arrivals are whole: each of up to 80 stages and services may lose a part of a journey.
    assertThat(plan.plannedRequests(Share.WHOLE)).isCloseTo(requests, within(400.0));
  }

  @Test
  void theHoldOfQps10kGivesEachServiceItsTarget() {
    Plan plan = plan("qps10k", Map.of());
    Map.of("knowledge", 5000, "content", 1000, "support", 1500, "analytics", 2000, "auth", 500)
        .forEach(
            (service, rate) ->
                assertThat(plan.requestsPerSecAt(100, service)).isCloseTo(rate, within(1e-6)));
    // 5,000 requests a second for 300 s, in journeys of 1.1 requests on average.
    assertThat(plan.arrivals("knowledge", 1, Share.WHOLE)).isEqualTo(1_363_636);
  }

  @Test
  void someServicesAloneKeepTheirRates() {
    Plan plan = plan("qps10k", Map.of("kcp.services", "auth,support"));
    assertThat(plan.requestsPerSecAt(100)).isCloseTo(2000, within(1e-6));
    assertThat(plan.requestsPerSecAt(100, "auth")).isCloseTo(500, within(1e-6));
  }

  @Test
  void scalesMultiplyDurationsAndLevelsAndKeepWholeSeconds() {
    Plan spike = plan("spike", Map.of("kcp.time-scale", "0.05", "kcp.load-scale", "0.1"));
    // 10 s become 0.5 s, rounded to 1 s; 1 min becomes 3 s; 3 min 9 s.
    assertThat(spike.durationSeconds()).isEqualTo(1 + 3 + 1 + 9 + 1 + 9 + 1);
    assertThat(spike.usersAt(4, Share.WHOLE)).isEqualTo(100);
    assertThat(spike.usersAt(3, Share.WHOLE)).isEqualTo(10);

    Plan qps = plan("qps10k", Map.of("kcp.time-scale", "0.1", "kcp.load-scale", "0.5"));
    // Its warm-up of 45 s never gets shorter than 15 s.
    assertThat(qps.durationSeconds()).isEqualTo(15 + 30);
    assertThat(qps.requestsPerSecAt(20, "analytics")).isCloseTo(1000, within(1e-6));
  }

  @Test
  void littlesLawTurnsUsersIntoAnArrivalRate() {
    Map<String, String> open =
        Map.of(
            "kcp.injection",
            "open",
            "kcp.workload",
            "search-intensive",
            "kcp.services",
            "knowledge",
            "kcp.expected-response-time",
            "50ms");
    Plan plan = plan("load", open);
    // A user thinks 2 s on average, pauses 2 s within the journey and waits for two answers of 50
    // ms.
    double perUser = 1 / (2 + 2 + 0.1);
    assertThat(plan.model()).isEqualTo(Model.OPEN);
    assertThat(plan.requestsPerSecAt(300)).isCloseTo(100 * 2 * perUser, within(1e-6));
    assertThat(plan.arrivals("knowledge", 1, Share.WHOLE))
        .isEqualTo(Math.round(100 * perUser * 300));
  }

  @Test
  void aTestWrittenInRequestsRunsOnlyOpen() {
    assertThatThrownBy(() -> plan("soak", Map.of("kcp.injection", "closed")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "kcp.injection was 'closed'; soak is written in requests per second and runs only"
                + " open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "load", "stress", "spike"})
  void theSharesOfUsersAddUpInEverySecond(String test) {
    Plan plan = plan(test, Map.of("kcp.load-scale", "0.37"));
    for (int count : List.of(2, 3, 7)) {
      for (long second = 0; second <= plan.durationSeconds(); second++) {
        long at = second;
        long sum =
            IntStream.range(0, count).mapToLong(i -> plan.usersAt(at, new Share(i, count))).sum();
        assertThat(sum).isEqualTo(plan.usersAt(second, Share.WHOLE));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qps10k", "soak", "breakpoint", "load"})
  void theSharesOfArrivalsAddUpInEveryStage(String test) {
    Map<String, String> scaled = Map.of("kcp.load-scale", "0.37", "kcp.injection", "open");
    Plan plan = plan(test, scaled);
    for (int count : List.of(2, 3, 7)) {
      for (String service : List.of("knowledge", "content", "support", "analytics", "auth")) {
        for (int stage = 0; stage < plan.stages().size(); stage++) {
          int at = stage;
          long sum =
              IntStream.range(0, count)
                  .mapToLong(i -> plan.arrivals(service, at, new Share(i, count)))
                  .sum();
          assertThat(sum).isEqualTo(plan.arrivals(service, stage, Share.WHOLE));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // test, an override, second, part of it that is sent: cap of this injector
    "qps10k, kcp.seed=1, 0, 1, 1000",
    "qps10k, kcp.seed=1, 30, 1, 2000",
    "qps10k, kcp.seed=1, 200, 1, 3000",
    "qps10k, kcp.injector.count=4, 200, 1, 750",
    "qps10k, kcp.max-in-flight=50, 200, 1, 50",
    "soak, kcp.seed=1, 2000, 1, 1000",
    "spike, kcp.seed=1, 200, 1, 1000",
    "spike, kcp.load-scale=3, 200, 1, 3000",
    "breakpoint, kcp.seed=1, 499, 0.01, 1000",
    "breakpoint, kcp.seed=1, 499, 0.5, 3000",
  })
  void theCapOnRequestsInFlightFollowsTheLoad(
      String test, String override, int second, double part, int cap) {
    String[] keyAndValue = override.split("=");
    KcpConfig config = config(Map.of(keyAndValue[0], keyAndValue[1]));
    TestShape shape = config.tests().get(test);
    TrafficMix mix = TrafficMix.of(config, config.workloadOf(shape));
    Plan plan = new Plan(config, shape, mix);
    LoadProfile load = new LoadProfile(new PlannedPhases(plan, mix).all());
    assertThat(plan.maxInFlight(load, second, part)).isEqualTo(cap);
    assertThat(plan.maxInFlight()).isGreaterThanOrEqualTo(cap);
  }

  @Test
  void theShapeIsReportedInWords() {
    assertThat(plan("spike", Map.of()).inWords())
        .isEqualTo(
            "0 → 100 users in 10 s, 1 min at 100 users, 100 → 1,000 users in 10 s, 3 min at 1,000"
                + " users, 1,000 → 100 users in 10 s, 3 min at 100 users, 100 → 0 users in 10 s");
  }
}
