package com.soundcore.kcp.verdict.level;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.verdict.Judge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCountsTest {
  @TempDir private Path folder;

  private LogCounts counts;

  /** Second 15 of the load has 7 calls of auth: 2 fail, 3 take the target's time, 1 ends in 16. */
  @BeforeEach
  void aRun() {
    LevelRule rule = LevelRules.of(SyntheticRun.CONFIG, List.of("auth", "content"));
    int target = (int) rule.targets().get("auth").p95().toMillis();
    Order order =
        new Order() {
          @Override
          public int requests(String service, int second, int planned) {
            return second == 10 && service.equals("auth") ? 7 : 0;
          }

          @Override
          public String error(String service, int second, int number) {
            return number < 2 ? "503" : "";
          }

          @Override
          public int millis(String service, int second, int number) {
            return number < 3 ? target : number == 6 ? target - 1 : 5;
          }
        };
    RunFolder run = new SyntheticRun().write(folder, order);
    RunMetadata facts = run.facts();
    RunModel model = RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts));
    CountsBySecond shed = new CountsBySecond(Map.of("auth", Map.of(9, 1L, 10, 2L, 12, 4L, 13, 8L)));
    CountsBySecond closed =
        new CountsBySecond(
            Map.of("auth", Map.of(10, 3L, 12, 5L), "auth, content", Map.of(11, 7L, 12, 9L)));
    RunEnd end = facts.end();
    counts =
        new LogCounts(
            model,
            new RunEnd(
                true,
                shed,
                closed,
                end.generator(),
                end.answered(),
                null,
                0,
                null,
                null,
                end.maxInFlight()),
            rule.targets());
  }

  @Test
  void callsCountInTheirOwnSecond() {
    assertThat(counts.started("auth", 15)).isEqualTo(7);
    assertThat(counts.failed("auth", 15)).isEqualTo(2);
    assertThat(counts.slow("auth", 15)).isEqualTo(3);
    assertThat(counts.ended("auth", 15)).isEqualTo(6);
    assertThat(counts.ended("auth", 16)).isEqualTo(1);
    assertThat(counts.started("auth", 14) + counts.started("auth", 16)).isZero();
  }

  @Test
  void aServiceWithoutACallHasNone() {
    assertThat(counts.started("content", 15)).isZero();
    assertThat(counts.ended("content", 15)).isZero();
    assertThat(counts.failed("content", 15)).isZero();
    assertThat(counts.slow("content", 15)).isZero();
    assertThat(counts.slow("nobody", 15)).isZero();
  }

  @Test
  void whatIsCountedBesideTheLogIsThatOfTheSecondsAskedFor() {
    assertThat(counts.shed("auth", 10, 13)).isEqualTo(6);
    assertThat(counts.shed("content", 10, 13)).isZero();
    assertThat(counts.closed("auth", 10, 12)).isEqualTo(3);
    assertThat(counts.perhapsDropped("auth", 10, 12)).isEqualTo(7);
    assertThat(counts.perhapsDropped("knowledge", 10, 12)).isZero();
  }

  private static List<String> operations(String service) {
    return List.copyOf(SyntheticRun.CONFIG.allServices().get(service).operations().keySet());
  }

  @Test
  void theRuleHasTheConfigurationsLimitsForTheServicesUnderLoad() {
    LevelRule rule = LevelRules.of(SyntheticRun.CONFIG, List.of("support", "auth"));
    assertThat(rule)
        .isEqualTo(
            new LevelRule(
                Map.of(
                    "auth", SyntheticRun.CONFIG.allServices().get("auth").target(),
                    "support", SyntheticRun.CONFIG.allServices().get("support").target()),
                Map.of("auth", operations("auth"), "support", operations("support")),
                2,
                0.01,
                0.01,
                30,
                0.95));
    assertThat(rule.targets().keySet()).containsExactly("auth", "support");
    assertThat(rule.onAnyCalls())
        .isEqualTo(new LevelRule(rule.targets(), rule.operations(), 2, 0.01, 0.01, 1, 0.95));
  }
}
