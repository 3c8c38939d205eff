package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.preflight.RateLimit;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ObservationsTest {
  private static final KcpConfig CONFIG = ConfigLoader.load(new Properties());
  private static final TestShape TEST = CONFIG.tests().get("qps10k");
  private static final TrafficMix MIX = TrafficMix.of(CONFIG, CONFIG.workloadOf(TEST));
  private static final Plan PLAN = new Plan(CONFIG, TEST, MIX);

  private static ObservedSystem seen(Map<String, RateLimit> limits, long clockOffsetMs) {
    Preflight.Found found =
        new Preflight.Found(List.of(), List.of(), Map.of(), Map.of("auth", "v1"), limits);
    return new Observations(CONFIG, PLAN, MIX).of(found, Optional.of(clockOffsetMs));
  }

  @Test
  void aClockThatIsAnHourOffIsSaid() {
    assertThat(seen(Map.of(), 3_600_000).caveats())
        .containsExactly(
            "CLOCK: the system's clock is 1 h ahead of this machine's; its logs show other times");
    assertThat(seen(Map.of(), -3_600_000).caveats()).singleElement().asString().contains("behind");
    assertThat(seen(Map.of(), 1000).caveats()).isEmpty();
    assertThat(seen(Map.of(), 0).builds()).containsEntry("auth", "v1");
  }

  @Test
  void aLimitBelowThePlanIsSaid() {
    RateLimit limit = new RateLimit(1000, 60, OptionalLong.empty());
    assertThat(seen(Map.of("knowledge", limit), 0).caveats())
        .singleElement()
        .asString()
        .startsWith("RATE LIMITED: knowledge allows 1,000 calls in 60 s")
        .contains("up to 5,000.0 req/s");
    assertThat(seen(Map.of("knowledge", new RateLimit(600_000, 60, OptionalLong.empty())), 0))
        .extracting(ObservedSystem::caveats)
        .isEqualTo(List.of());
  }

  @Test
  void whatARunWillLeaveIsCounted() {
    assertThat(new SideEffects(PLAN, MIX).inWords())
        .containsExactly(
            "about 29,318 × a row that clean-up can only archive (knowledge / create)",
            "about 542,386 × a view count (knowledge / get)",
            "about 439,772 × a row of the search log (knowledge / search)");
  }

  @Test
  void connectionsThatAreNeverSetUpUnderLoadAreACaveatOfARealSystem() {
    assertThat(caveatsOf(Map.of()))
        .singleElement()
        .asString()
        .startsWith("WARM CONNECTIONS: all users share connections that stay open");
    assertThat(caveatsOf(Map.of("kcp.sessions.churn", "1%"))).isEmpty();
    assertThat(caveatsOf(Map.of("kcp.sessions.shared-connections", "false"))).isEmpty();
  }

  private static List<String> caveatsOf(Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(overrides);
    properties.setProperty("kcp.env", "local");
    Preflight.Found found = new Preflight.Found(List.of(), List.of(), Map.of(), Map.of(), Map.of());
    return new Observations(ConfigLoader.load(properties), PLAN, MIX)
        .of(found, Optional.empty())
        .caveats();
  }

  @Test
  void theVarietyOfTheCallsIsCounted() {
    Catalog catalog = new Catalog();
    catalog.put("knowledge", "items", List.of("1", "2", "3"));
    catalog.put("knowledge", "products", List.of("4"));
    assertThat(new Variety(PLAN, MIX, ServiceFeeder.all(CONFIG, catalog, "kcp-test")).inWords())
        .hasSize(5)
        .contains("analytics: 4 different questions in 120,000 calls a minute")
        .anyMatch(
            it -> it.matches("knowledge: at least [0-9,]+ different questions in 300,000 .*"));
  }
}
