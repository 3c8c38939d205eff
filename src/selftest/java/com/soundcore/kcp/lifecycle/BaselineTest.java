package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.SuiteProcess;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.comparison.Comparer;
import com.soundcore.kcp.verdict.comparison.Comparison;
import com.soundcore.kcp.verdict.comparison.Comparison.Difference;
import com.soundcore.kcp.verdict.comparison.Comparison.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real runs of a backend whose one operation takes its time, and then much longer. */
@Tag("full")
class BaselineTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static RunFolder run(String delay, Map<String, String> more) {
    Map<String, String> overrides = new HashMap<>(more);
    overrides.put("kcp.time-scale", "0.05");
    overrides.put("kcp.load-scale", "0.05");
    overrides.put("kcp.max-in-flight", "2000");
    overrides.put("kcp.services", "support");
    overrides.put(
        "kcp.backend.faults",
        "[{ service = support, kind = slow, operation = tickets, delay = %s }]".formatted(delay));
    // PASS is asserted, and a slow machine would make it INVALID.
    try (SuiteProcess run = SuiteProcess.start("Qps10k", SuiteProcess.onAnyMachine(overrides))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output()).contains("FAULTS PLANTED: slow at support / tickets");
      return new RunFolder(run.folder());
    }
  }

  @Test
  void anOperationThatIsMuchSlowerIsFoundAndOnlyThat() {
    RunFolder before = run("50ms", Map.of());
    RunFolder now = run("70ms", Map.of("kcp.baseline", before.path().toString()));
    Comparison comparison =
        new Comparer(SyntheticRun.CONFIG).compare(now, List.of(before.path().toString())).get(0);
    assertThat(comparison.notComparable()).isEmpty();
    assertThat(comparison.with(Outcome.REGRESSION))
        .extracting(Difference::subject)
        .contains("support / tickets")
        .doesNotContain("support / conversations");
  }
}
