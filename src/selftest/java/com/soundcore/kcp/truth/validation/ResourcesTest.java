package com.soundcore.kcp.truth.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.truth.model.Footprint;
import com.soundcore.kcp.truth.model.MemoryModel;
import com.soundcore.kcp.truth.model.MemoryModel.Leak;
import com.soundcore.kcp.truth.model.MemoryModel.Rows;
import com.soundcore.kcp.truth.model.MemoryModel.Sawtooth;
import com.soundcore.kcp.truth.model.MemoryModel.Warming;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.simulation.Simulation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the simulated system says of itself. */
class ResourcesTest {
  private static final KcpConfig CONFIG =
      Simulated.config("kcp.load-scale", "0.02", "kcp.time-scale", "0.2");
  private static final SystemUnderTest SYSTEM =
      SystemUnderTest.healthy(CONFIG, ServiceTime.constant(10), 0.2);

  @TempDir Path folder;

  private List<ResourceSample> samples(SystemUnderTest system, String service, String figure) {
    return Simulation.of(CONFIG, "Qps10k", system).samplingEvery(5).run(folder).resources().stream()
        .filter(sample -> sample.service().equals(service))
        .filter(sample -> sample.figures().containsKey(figure))
        .toList();
  }

  private double[] memory(MemoryModel memory, String figure) {
    Footprint footprint = Footprint.USUAL.withMemory(memory);
    SystemUnderTest system = SYSTEM.with("knowledge", s -> s.withFootprint(footprint));
    return samples(system, "knowledge", figure).stream()
        .mapToDouble(sample -> sample.figures().get(figure))
        .toArray();
  }

  @Test
  void countersCountAndRatesAreTheirGrowth() {
    List<ResourceSample> samples = samples(SYSTEM, "knowledge", "requests");
    ResourceSample late = samples.get(samples.size() - 2);
    assertThat(late.figures().get("requests")).isCloseTo(100, within(3.0));
    // 100 calls a second, 10 ms each, a fifth of it on a core.
    assertThat(late.figures().get("cpu")).isCloseTo(0.02 + 0.2, within(0.02));
    assertThat(late.figures().get("requests-total")).isGreaterThan(5_000);
    assertThat(samples.get(0).second()).isEqualTo(5);
    List<ResourceSample> received = samples(SYSTEM, "knowledge", "received");
    assertThat(received.get(10).figures().get("received")).isCloseTo(200_000, within(5_000.0));
  }

  @Test
  void memoryLeaksWarmsAndGrowsByRowsUpToTheirBound() {
    double[] leak = memory(MemoryModel.of(1e8).with(new Leak(1_000)), "memory");
    assertThat(leak[14] - leak[6]).isCloseTo(40 * 100 * 1_000, within(50_000.0));
    double[] warming = memory(MemoryModel.of(1e8).with(new Warming(1e7, 5)), "memory");
    assertThat(warming[14] - warming[8]).isLessThan(1e4);
    assertThat(warming[2] - warming[0]).isGreaterThan(8e6);
    double[] rows = memory(MemoryModel.of(1e8).with(new Rows(1e6, 3e7)), "memory");
    assertThat(rows[14]).isEqualTo(1.3e8);
    assertThat(rows[4]).isBetween(1e8, 1.3e8);
  }

  @Test
  void theOldGenerationKnowsNoSawtooth() {
    MemoryModel jvm = MemoryModel.of(1e8).with(new Sawtooth(5e7, 7)).with(new Leak(1_000)).asJvm();
    double[] old = memory(jvm, "old-generation");
    double[] all = memory(jvm, "memory");
    assertThat(old).isSorted();
    assertThat(old[14] - old[6]).isCloseTo(40 * 100 * 1_000, within(50_000.0));
    assertThat(all[14] - all[13]).isNotCloseTo(old[14] - old[13], within(1e5));
  }

  @Test
  void servicesOfOneProcessSayTheSame() {
    Footprint leaking = Footprint.USUAL.withMemory(MemoryModel.of(1e8).with(new Leak(500)));
    SystemUnderTest together = SYSTEM.withAll(s -> s.inProcess("all").withFootprint(leaking));
    Map<String, Double> knowledge = samples(together, "knowledge", "cpu").get(5).figures();
    Map<String, Double> auth = samples(together, "auth", "cpu").get(5).figures();
    for (String figure : List.of("memory", "cpu", "open-files", "process-start")) {
      assertThat(auth.get(figure)).as(figure).isNotNull().isEqualTo(knowledge.get(figure));
    }
    assertThat(auth.get("requests")).isLessThan(knowledge.get("requests"));
    assertThat(
            List.of(
                samples(SYSTEM, "auth", "cpu").get(5).figures().get("process-start"),
                samples(SYSTEM, "knowledge", "cpu").get(5).figures().get("process-start")))
        .doesNotHaveDuplicates();
  }
}
