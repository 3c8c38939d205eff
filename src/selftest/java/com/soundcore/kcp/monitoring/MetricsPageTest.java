package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Lines of a metrics page that a figure means, and those that it does not. */
class MetricsPageTest {
  private static final MetricsPage PAGE =
      MetricsPage.of(
          """
          # TYPE jvm_gc_collection_seconds summary
          jvm_gc_collection_seconds_sum{gc="G1 Young Generation"} 1.5
          jvm_gc_collection_seconds_sum{gc="G1 Old Generation"} 2
          jvm_gc_collection_seconds_sum{gc="G1 Concurrent GC"} 40
          jvm_memory_used_bytes{area="heap"} 100
          jvm_memory_used_bytes{area="nonheap"} 20
          """);

  @Test
  void aLabelChoosesLines() {
    assertThat(PAGE.sum("jvm_memory_used_bytes{area=\"heap\"}")).hasValue(100);
    assertThat(PAGE.sum("jvm_memory_used_bytes")).hasValue(120);
    assertThat(PAGE.sum("jvm_memory_used_bytes{area=\"stack\"}")).isEmpty();
  }

  @Test
  void aLabelThatIsUnlikeLeavesLinesOut() {
    assertThat(PAGE.sum("jvm_gc_collection_seconds_sum{gc!~\"Cycles|Concurrent\"}")).hasValue(3.5);
  }

  @Test
  void theConfiguredFigureOfCollectionsLeavesOutWhatRunsBesideTheCalls() {
    KcpConfig config = ConfigLoader.load(new Properties());
    String metrics = config.monitoring().figures().get("collecting").metric();
    assertThat(ResourceWatch.first(PAGE, metrics)).hasValue(3.5);
  }
}
