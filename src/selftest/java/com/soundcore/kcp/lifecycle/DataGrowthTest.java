package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that change what they measure: 50 rows a second for a minute, one call in ten fails. */
class DataGrowthTest {
  private static final String EMBEDDED =
      "EMBEDDED: the backend that comes with the suite was measured";
  private static final String SCALED =
      "SCALED: time × 1.0, load × 0.01; says nothing of the unscaled test";

  @TempDir private Path folder;

  private static KcpConfig config(String store) {
    Properties properties = new Properties();
    properties.put("kcp.backend.store", store);
    String call = "kcp.api.knowledge.operations.call.";
    properties.put(call + "method", "POST");
    properties.put(call + "path", "/api/v1/knowledge/");
    properties.put(call + "status", "201");
    properties.put(call + "contains.0", "id");
    properties.put(call + "adds-to", "items");
    return ConfigLoader.load(properties);
  }

  private JudgedRun judged(String store, long rows, SyntheticRun.Order order) {
    RunFolder run =
        new SyntheticRun().withRows(Map.of("knowledge items", rows)).write(folder, order);
    return RunJudge.judge(run, config(store));
  }

  private List<String> caveats(String store, long rows) {
    return judged(
            store,
            rows,
            SyntheticRun.Order.failing(
                (service, second, number) -> number % 10 == 0 ? "status, 500 in place of 201" : ""))
        .summary()
        .run()
        .caveats();
  }

  @Test
  void aRunThatAddsMuchToWhatWasThereSaysSo() {
    assertThat(caveats("postgres", 5000))
        .contains(
            "DATA GREW: this run added 2,700 knowledge items to 5,000 (+54 %): what reads all of"
                + " them took longer at its end than at its start");
  }

  @Test
  void aRunThatAddsLittleDoesNot() {
    assertThat(caveats("postgres", 100_000)).containsExactly(EMBEDDED, SCALED);
  }

  @Test
  void theBackendInMemoryKeepsItsRowsBelowALimit() {
    assertThat(caveats("memory", 5000)).containsExactly(EMBEDDED, SCALED);
  }

  /** Whether knowledge drifts, whose answers take 60 % longer at the end of the minute. */
  private boolean drifts(long rows) {
    return judged(
            "postgres",
            rows,
            SyntheticRun.Order.taking(
                (service, second, number) ->
                    (int) (200 * (1 + 0.6 * (second + 5) / 65)) + number % 5))
        .findings()
        .drifts()
        .stream()
        .anyMatch(drift -> drift.service().equals("knowledge") && drift.matters());
  }

  @Test
  void whatTheRowsOfTheTestExplainIsNoDrift() {
    assertThat(drifts(5000)).isFalse();
    assertThat(drifts(100_000)).isTrue();
  }
}
