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
  void aLabelIsComparedAsAWhole() {
    MetricsPage page =
        MetricsPage.of(
            """
            calls{my_service="a"} 1
            calls{service="a"} 2
            calls{note="service=\\"a\\"", service="b"} 4
            """);
    assertThat(page.sum("calls{service=\"a\"}")).hasValue(2);
    assertThat(page.sum("calls{service!~\"a\"}")).hasValue(5);
  }

  @Test
  void quotedCommasBracesAndBarsArePartOfAValue() {
    MetricsPage page =
        MetricsPage.of(
            """
            calls{path="/{id},{name}",code="200"} 1
            calls{path="/{id}",code="200"} 2
            calls{path="a | b"} 4
            """);
    assertThat(page.sum("calls{code=\"200\", path=\"/{id},{name}\"}")).hasValue(1);
    assertThat(page.sum("calls{path!~\"x,y|d},\"}")).hasValue(6);
    assertThat(ResourceWatch.first(page, "none{} | calls{path=\"a | b\"} | calls")).hasValue(4);
  }

  @Test
  void anExemplarIsNotTheValue() {
    MetricsPage page =
        MetricsPage.of("calls_bucket{le=\"1\"} 17 1700000000 # {trace_id=\"ab\"} 0.5\n");
    assertThat(page.sum("calls_bucket")).hasValue(17);
  }

  @Test
  void aLineOfManyLongLabelsIsRead() {
    String line =
        "calls{a=\"%s\",%s} 7".formatted("x\\\"".repeat(100_000), "b=\"1\",".repeat(20_000));
    assertThat(MetricsPage.of(line).sum("calls{b=\"1\"}")).hasValue(7);
  }

  @Test
  void aConditionThatCannotBeReadMatchesNoLine() {
    assertThat(PAGE.sum("jvm_memory_used_bytes{area=heap}")).isEmpty();
    assertThat(PAGE.sum("jvm_memory_used_bytes{area=\"heap\"")).isEmpty();
  }

  @Test
  void theConfiguredFigureOfCollectionsLeavesOutWhatRunsBesideTheCalls() {
    KcpConfig config = ConfigLoader.load(new Properties());
    String metrics = config.monitoring().figures().get("collecting").metric();
    assertThat(ResourceWatch.first(PAGE, metrics)).hasValue(3.5);
  }
}
