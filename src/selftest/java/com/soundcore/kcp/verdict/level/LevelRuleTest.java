package com.soundcore.kcp.verdict.level;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.level.LevelRule.Breach;
import com.soundcore.kcp.verdict.level.LevelRule.Cause;
import com.soundcore.kcp.verdict.level.LevelRule.Doubt;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Levels of load in runs that were written to order; the truth bench has the noisy ones. */
class LevelRuleTest {
  @TempDir private Path folder;

  private Optional<Breach> breach(SyntheticRun written) {
    RunFolder run = written.write(folder, new Order() {});
    RunMetadata facts = run.facts();
    RunModel model = RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts));
    LevelRule rule = LevelRules.of(SyntheticRun.CONFIG, facts.operations().keySet());
    LogCounts counts = new LogCounts(model, facts.end(), rule.targets());
    return rule.breach(counts, facts.load(), facts.phases().get(1), true, Doubt.NORMAL);
  }

  @Test
  void aHealthyLevelHolds() {
    assertThat(breach(new SyntheticRun())).isEmpty();
  }

  @Test
  void connectionsThatAreClosedBreakALevelAlsoBehindASharedAddress() {
    for (String whose : new String[] {"knowledge", "analytics, knowledge", ""}) {
      Optional<Breach> breach = breach(new SyntheticRun().dropping(whose, 120, 20));
      assertThat(breach).as(whose).isPresent();
      assertThat(breach.get().cause()).as(whose).isEqualTo(Cause.ERRORS);
    }
  }

  @Test
  void aFewOfThemBreakNothing() {
    assertThat(breach(new SyntheticRun().dropping("analytics, knowledge", 2, 20))).isEmpty();
  }
}
