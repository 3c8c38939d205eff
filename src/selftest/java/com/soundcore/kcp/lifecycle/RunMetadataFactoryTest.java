package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RunMetadataFactoryTest {
  /** The facts of a run that was started with these properties of its JVM. */
  private static RunMetadata facts(String test, Map<String, String> started) {
    Properties before = System.getProperties();
    Properties mine = new Properties();
    mine.putAll(before);
    mine.putAll(started);
    System.setProperties(mine);
    try {
      KcpConfig config = ConfigLoader.load();
      TestShape shape = config.tests().get(test);
      TrafficMix mix = TrafficMix.of(config, config.workloadOf(shape));
      Plan plan = new Plan(config, shape, mix);
      return new RunMetadataFactory(
              config, shape, mix, plan, "Any", "kcp-1", ObservedSystem.UNKNOWN)
          .startingAt(1000);
    } finally {
      System.setProperties(before);
    }
  }

  @Test
  void aPlainRunIsWholeAndRepeatedByItsSeedAlone() {
    RunMetadata facts = facts("qps10k", Map.of());
    RunSetup setup = facts.setup();
    assertThat(setup.simulation()).isEqualTo("qps10k");
    assertThat(setup.id()).isEqualTo("kcp-1");
    assertThat(setup.embedded()).isTrue();
    assertThat(setup.partial()).isEmpty();
    assertThat(setup.altered()).isEmpty();
    assertThat(setup.faults()).isEmpty();
    assertThat(setup.repeat()).endsWith("-Dkcp.seed=20260101").contains("=Any ");
    assertThat(facts.startedAtMs()).isEqualTo(1000);
    assertThat(facts.end()).isEqualTo(RunEnd.NOT_YET);
    assertThat(facts.operations().keySet())
        .containsExactlyInAnyOrder("knowledge", "content", "support", "analytics", "auth");
  }

  @Test
  void aPartOfATestAndFaultsAreSaid() {
    Map<String, String> started = new HashMap<>();
    started.put("kcp.services", "support");
    started.put("kcp.workload", "support-desk");
    started.put("kcp.backend.faults", "[{ service = support, kind = errors, share = 20% }]");
    RunSetup setup = facts("spike", started).setup();
    assertThat(setup.partial())
        .containsExactly(
            "only support of analytics, auth, content, knowledge, support; says nothing of the"
                + " others, nor of all together",
            "workload support-desk in place of mixed");
    assertThat(setup.faults()).containsExactly("errors at support");
    assertThat(setup.withoutCostly()).containsExactly("support / chat");
    started.put("kcp.include-costly", "true");
    assertThat(facts("spike", started).setup().withoutCostly()).isEmpty();
  }

  @Test
  void theCommandThatRepeatsItIsSafeInAShellAndHasNoSecret() {
    Map<String, String> started =
        Map.of(
            "kcp.note", "it's a test",
            "kcp.load-scale", "0.5",
            "kcp.seed", "7",
            "kcp.stop-with-parent", "true");
    assertThat(facts("qps10k", started).setup().repeat())
        .endsWith("-Dkcp.load-scale=0.5 -Dkcp.note='it'\\''s a test' -Dkcp.seed=7")
        .doesNotContain("stop-with-parent");
  }

  @Test
  void arrivalsAreThoseOfTheOpenModelAlone() {
    assertThat(facts("smoke", Map.of()).plannedArrivals()).isZero();
    RunMetadata open = facts("qps10k", Map.of("kcp.services", "auth", "kcp.load-scale", "0.01"));
    assertThat(open.plannedArrivals())
        .isEqualTo(open.phases().stream().mapToLong(phase -> phase.arrivals()).sum());
    assertThat(List.of(open.setup().timeScale(), open.setup().loadScale()))
        .containsExactly(1.0, 0.01);
  }
}
